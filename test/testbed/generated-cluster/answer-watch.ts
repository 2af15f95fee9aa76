import type { ServerResponse } from 'node:http';
import { type Asked, chunkBytes, isAsked, send, takeChunk, writeObjects } from './answer-list.ts';
import type { Catalog } from './catalog.ts';
import type { Changes } from './changes.ts';

const bookmarkMs = 60_000;
const before = Buffer.from('{"type":"MODIFIED","object":');
const after = Buffer.from('}\n');

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
    endAfter(Number(query.get('timeoutSeconds') ?? 0) * 1000, end),
  ];
  response.once('close', () => wake());
  while (!response.destroyed && !response.writableEnded) {
    const chunk = takeChunk();
    let at = 0;
    for (; place < changes.end; place += 1) {
      const change = changes.at(place);
      if (change?.kind !== kind || !isAsked(catalog, asked, change.index)) continue;
      if (at + before.length + catalog.lengthOf(change) + after.length > chunkBytes) break;
      at += before.copy(chunk, at);
      at = catalog.write(change, chunk, at);
      at += after.copy(chunk, at);
    }
    await send(response, chunk, at);
    if (place === changes.end) await new Promise<void>((resolve) => (wake = resolve));
  }
  for (const dispose of endings) dispose();
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
function endAfter(ms: number, run: () => void): () => void {
  const timer = ms > 0 ? setTimeout(run, ms) : undefined;
  return () => clearTimeout(timer);
}
