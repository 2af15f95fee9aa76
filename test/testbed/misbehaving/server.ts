import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import type { JsonPatchOperation } from '../../../src/domain/rollout/json-patch.ts';
import type { KeyPair } from '../cluster/certificates.ts';
import { ApiObjects, type ObjectEvent } from './api-objects.ts';
import { type Fault, status } from './faults.ts';

/** What a request asks for, in Kubernetes' verbs. */
export type Verb = 'get' | 'list' | 'watch' | 'patch' | 'create';

/** A request that arrived. */
export interface Asked {
  readonly verb: Verb;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** Which requests a fault is for: all that match, or the nth of them alone (1 is the next). */
export interface Where {
  readonly verb?: Verb;
  readonly path?: RegExp;
  readonly nth?: number;
  readonly dryRun?: boolean;
}

/** A generated API server that misbehaves on demand. */
export interface MisbehavingServer {
  readonly url: string;
  readonly port: number;
  readonly objects: ApiObjects;
  readonly asked: readonly Asked[];
  /** What changed something. */
  readonly written: readonly Asked[];
  /** Answers so until the function that it gives is called; the newest fault that fits counts. */
  fault(where: Where, fault: Fault): () => void;
  /** Cuts every connection, watches too. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts it on a port of its own, on loopback; plain HTTP without an identity for TLS. */
export async function startMisbehaving(tls?: KeyPair): Promise<MisbehavingServer> {
  const objects = new ApiObjects();
  const asked: Asked[] = [];
  const written: Asked[] = [];
  const faults: { readonly where: Where; readonly fault: Fault; seen: number }[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://any');
    const one = {
      verb: verbOf(request, url),
      path: url.pathname,
      query: url.searchParams,
      body: await text(request),
    };
    asked.push(one);
    const rightly = () => right(objects, written, one, response);
    const fitting = faults.filter(({ where }) => fits(where, one));
    for (const each of fitting) each.seen += 1;
    const chosen = fitting.findLast(({ where, seen }) => where.nth === undefined || where.nth === seen);
    if (chosen !== undefined) return chosen.fault(response, rightly);
    const body = rightly();
    if (body !== undefined) response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    listener(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  };
  const server = tls === undefined ? createHttpServer(handle) : createHttpsServer(tls, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it listens on a port');
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    port: address.port,
    objects,
    asked,
    written,
    fault(where, fault) {
      const entry = { where, fault, seen: 0 };
      faults.push(entry);
      return () => void faults.splice(faults.indexOf(entry), 1);
    },
    cut: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function verbOf({ method }: IncomingMessage, url: URL): Verb {
  if (method === 'PATCH') return 'patch';
  if (method === 'POST') return 'create';
  if (url.searchParams.get('watch') === '1') return 'watch';
  return isCollection(url.pathname) ? 'list' : 'get';
}

function isCollection(path: string): boolean {
  return /\/(deployments|replicasets|pods|statefulsets|daemonsets|rollouts)$/.test(path);
}

function fits({ verb, path, dryRun }: Where, asked: Asked): boolean {
  return (
    (verb === undefined || verb === asked.verb) &&
    (path === undefined || path.test(asked.path)) &&
    (dryRun === undefined || dryRun === asked.query.has('dryRun'))
  );
}

/** Does what was asked and gives the body; undefined where the answer is given already. */
function right(
  objects: ApiObjects,
  written: Asked[],
  asked: Asked,
  response: ServerResponse,
): string | undefined {
  const { verb, path, body, query } = asked;
  switch (verb) {
    case 'watch':
      return watched(objects, asked, response);
    case 'list':
      return JSON.stringify({
        kind: 'List',
        metadata: { resourceVersion: objects.version },
        items: objects.list(path),
      });
    case 'create':
      return JSON.stringify({ ...JSON.parse(body), status: { allowed: true } });
    case 'get':
    case 'patch': {
      const object = objects.get(path);
      if (object === undefined)
        return refused(response, 404, `deployments.apps "${path.split('/').at(-1)}" not found`);
      if (verb === 'get') return JSON.stringify(object);
      const operations: readonly JsonPatchOperation[] = JSON.parse(body);
      const patched = objects.patched(path, operations);
      if (patched === undefined)
        return refused(response, 422, 'the server rejected our request due to an error in our request');
      if (!query.has('dryRun')) {
        written.push(asked);
        objects.put(path, patched);
      }
      return JSON.stringify(patched);
    }
  }
}

function refused(response: ServerResponse, code: number, message: string): undefined {
  status(code, message)(response, () => undefined);
}

function watched(objects: ApiObjects, { path, query }: Asked, response: ServerResponse): undefined {
  response.writeHead(200, { 'content-type': 'application/json' });
  const say = (event: object) => void response.write(`${JSON.stringify(event)}\n`);
  if (query.get('sendInitialEvents') === 'true') {
    for (const object of objects.list(path)) say({ type: 'ADDED', object });
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    say({ type: 'BOOKMARK', object: { metadata: { resourceVersion: objects.version, annotations } } });
  } else response.flushHeaders();
  const stop = objects.watch(path, ({ type, object }: ObjectEvent) => say({ type, object }));
  response.once('close', stop);
}
