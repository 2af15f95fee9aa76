import type { ServerResponse } from 'node:http';
import { type Asked, isAsked, send, writeObjects } from './answer-list.ts';
import type { Catalog, Seen } from './catalog.ts';
import type { Changes } from './changes.ts';

const bookmarkMs = 60_000;
/** Changes that are written at once. */
const batch = 200;

/** A watch, from a version on or, as a streamed list (WatchList), from what is there. Ends with the connection or its time. */
export async function answerWatch(
  catalog: Catalog,
  changes: Changes,
  asked: Asked,
  response: ServerResponse,
): Promise<void> {
  const { kind, query } = asked;
  response.setHeader('content-type', 'application/json');
  response.flushHeaders();
  const version = Number(query.get('resourceVersion') ?? 0);
  let place = version === 0 ? changes.end : changes.after(version);
  if (place === undefined) {
    const object = { kind: 'Status', status: 'Failure', code: 410, message: 'too old resource version' };
    return void response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
  }
  if (query.get('sendInitialEvents') === 'true' || version === 0) {
    const { version: listed } = catalog;
    const indexes = Array.from({ length: catalog.counts[kind] }, (_, index) => index);
    const wanted = indexes.filter((index) => isAsked(catalog, asked, index));
    await writeObjects(response, catalog, kind, wanted, {
      before: '{"type":"ADDED","object":',
      between: '}\n',
    });
    if (wanted.length > 0) response.write('}\n');
    if (query.get('sendInitialEvents') === 'true') response.write(bookmark(asked, listed, true));
  }
  let wake = (): void => undefined;
  const end = (): void => void response.end();
  const endings = [
    changes.onChange(() => wake()),
    every(bookmarkMs, () => response.write(bookmark(asked, catalog.version, false))),
    after(Number(query.get('timeoutSeconds') ?? 0) * 1000, end),
  ];
  response.once('close', () => wake());
  while (!response.destroyed && !response.writableEnded) {
    const lines: Buffer[] = [];
    for (; place < changes.end && lines.length < batch; place += 1) {
      const change = changes.at(place);
      if (change?.kind === kind && isAsked(catalog, asked, change.index)) lines.push(line(catalog, change));
    }
    if (lines.length > 0) await send(response, Buffer.concat(lines));
    if (place === changes.end) await new Promise<void>((resolve) => (wake = resolve));
  }
  for (const dispose of endings) dispose();
}

function line(catalog: Catalog, change: Seen): Buffer {
  return Buffer.concat([
    Buffer.from('{"type":"MODIFIED","object":'),
    catalog.json(change),
    Buffer.from('}\n'),
  ]);
}

function bookmark({ listKind, apiVersion }: Asked, version: number, endsList: boolean): string {
  const annotations = endsList ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  const metadata = { resourceVersion: String(version), ...annotations };
  const object = { kind: listKind.replace(/List$/, ''), apiVersion, metadata };
  return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`;
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/** `ms` 0 is never. */
function after(ms: number, run: () => void): () => void {
  const timer = ms > 0 ? setTimeout(run, ms) : undefined;
  return () => clearTimeout(timer);
}
