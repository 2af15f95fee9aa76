/**
 * The process of a generated cluster. Its argument is `ServeOptions` as JSON; it tells its port, obeys `Order`s, and ends
 * with the process that started it.
 */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { answerList, type Asked } from './answer-list.ts';
import { answerWatch } from './answer-watch.ts';
import { Catalog, type Kind, kinds, namespaceName, type Size } from './catalog.ts';
import { Changes } from './changes.ts';
import { discovery, resources } from './discovery.ts';

export interface ServeOptions extends Size {
  readonly seed: number;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
}

/** What the process that started it may say: changes per second from now on, or so many at once. */
export type Order =
  { readonly perSecond: number } | { readonly change: number; readonly kind: Kind | undefined };

/** How often changes are made when they come at a rate. */
const tickMs = 20;

const options: ServeOptions = JSON.parse(process.argv[2] ?? '{}');
const catalog = new Catalog(options);
const changes = new Changes(catalog, options.seed);
const empty = new Catalog({ ...options, deployments: 0 });
const handle = (request: IncomingMessage, response: ServerResponse): void => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
};
const server = options.tls === undefined ? createHttpServer(handle) : createTlsServer(options.tls, handle);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.once('disconnect', () => process.exit(0));
let due = 0;
let perSecond = 0;
process.on('message', (order: Order) => {
  if ('perSecond' in order) ({ perSecond } = order);
  else changes.make(order.change, order.kind);
});
setInterval(() => {
  due += (perSecond * tickMs) / 1000;
  if (due < 1) return;
  changes.make(Math.trunc(due));
  due %= 1;
}, tickMs);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://generated');
  const found = discovery(pathname);
  if (found !== undefined) return json(response, 200, found);
  if (pathname === '/api/v1/namespaces') return json(response, 200, namespaces());
  if (pathname === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
    return json(response, 201, { status: { allowed: true } });
  if (request.method !== 'GET') return refuse(response, 405, 'A generated cluster cannot be changed.');
  const [, group, namespace, resource, name] =
    /^(\/api\/v1|\/apis\/apps\/v1)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const known = resources.find((each) => each.group === group && each.name === resource);
  if (known === undefined) return refuse(response, 404, 'the server could not find the requested resource');
  const kind = kinds.find((each) => each === known.name);
  if (name !== undefined) query.set('fieldSelector', `metadata.name=${name}`);
  const asked: Asked = {
    // Kinds that it has none of are answered like any other of an empty cluster.
    kind: kind ?? 'deployments',
    listKind: `${known.kind}List`,
    apiVersion: known.group.replace(/^\/apis?\//, ''),
    namespace,
    query,
  };
  const from = kind === undefined ? empty : catalog;
  if (name !== undefined) return answerOne(from, asked, Number(/-(\d{6})$/.exec(name)?.[1] ?? -1), response);
  if (query.has('watch'))
    return answerWatch(from, kind === undefined ? new Changes(empty, 0) : changes, asked, response);
  return answerList(from, asked, response);
}

/** An object by its name, which ends with its number; a ReplicaSet's with its hash, which does too. */
function answerOne(
  from: Catalog,
  { kind, listKind, query }: Asked,
  index: number,
  response: ServerResponse,
): void {
  const wanted = query.get('fieldSelector')?.replace('metadata.name=', '') ?? '';
  const number = kind === 'replicasets' ? Number(wanted.slice(-6)) : index;
  if (!(number >= 0 && number < from.counts[kind]))
    return refuse(response, 404, `${listKind} has no "${wanted}"`);
  response.setHeader('content-type', 'application/json');
  response.end(from.json(from.seen(kind, number)));
}

function namespaces(): object {
  const items = Array.from({ length: options.namespaces }, (_, number) => ({
    metadata: { name: namespaceName(number), uid: `n-${number}`, resourceVersion: '1' },
    status: { phase: 'Active' },
  }));
  return {
    kind: 'NamespaceList',
    apiVersion: 'v1',
    metadata: { resourceVersion: String(catalog.version) },
    items,
  };
}

function refuse(response: ServerResponse, code: number, message: string): void {
  json(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message });
}

function json(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
