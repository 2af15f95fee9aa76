import type { ServerResponse } from 'node:http';
import type { Catalog, Kind } from './catalog.ts';

/** What is written at once. */
export const chunkBytes = 256 * 1024;
/** Chunks that have been written, to be used again: to make each anew costs half of this process's time. */
const spare: Buffer[] = [];

/** What is asked for: a kind, of one namespace or all. */
export interface Asked {
  readonly kind: Kind;
  readonly listKind: string;
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
}

/** Whether an object is among what is asked for: by namespace, by name, by its label `app`. */
export function isAsked(catalog: Catalog, { kind, namespace, query }: Asked, index: number): boolean {
  if (namespace !== undefined && catalog.namespaceOf(kind, index) !== namespace) return false;
  const name = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  const app = /(?:^|,)app=([^,]*)/.exec(query.get('labelSelector') ?? '')?.[1];
  if (name === undefined && app === undefined) return true;
  const { metadata } = JSON.parse(catalog.json(catalog.seen(kind, index)).toString());
  return (name === undefined || metadata.name === name) && (app === undefined || metadata.labels.app === app);
}

/** A list, in pages where a limit is given. */
export async function answerList(catalog: Catalog, asked: Asked, response: ServerResponse): Promise<void> {
  const { kind, query } = asked;
  const limit = Number(query.get('limit') ?? 0) || Infinity;
  const [version = catalog.version, first = 0] = (query.get('continue') ?? '')
    .split('.')
    .filter(Boolean)
    .map(Number);
  const indexes: number[] = [];
  let next = first;
  for (; next < catalog.counts[kind] && indexes.length < limit; next += 1)
    if (isAsked(catalog, asked, next)) indexes.push(next);
  const left = catalog.counts[kind] - next;
  const more = left > 0 ? { continue: `${version}.${next}`, remainingItemCount: left } : {};
  const metadata = JSON.stringify({ resourceVersion: String(version), ...more });
  response.setHeader('content-type', 'application/json');
  response.write(
    `{"kind":"${asked.listKind}","apiVersion":"${asked.apiVersion}","metadata":${metadata},"items":[`,
  );
  await writeObjects(response, catalog, kind, indexes, { before: '', between: ',' });
  response.end(']}\n');
}

/** Objects as they are now, as fast as the other side takes them. */
export async function writeObjects(
  response: ServerResponse,
  catalog: Catalog,
  kind: Kind,
  indexes: readonly number[],
  text: { readonly before: string; readonly between: string },
): Promise<void> {
  const before = Buffer.from(text.before);
  const between = Buffer.from(text.between);
  let chunk = takeChunk();
  let at = 0;
  for (const [place, index] of indexes.entries()) {
    const seen = catalog.seen(kind, index);
    if (at + before.length + catalog.lengthOf(seen) + between.length > chunkBytes) {
      await send(response, chunk, at);
      if (response.destroyed) return;
      chunk = takeChunk();
      at = 0;
    }
    at += before.copy(chunk, at);
    at = catalog.write(seen, chunk, at);
    if (place < indexes.length - 1) at += between.copy(chunk, at);
  }
  await send(response, chunk, at);
}

/** A chunk to fill and `send`. */
export function takeChunk(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes);
}

/** Writes the first `length` bytes of a chunk; resolves when more can be taken, or nothing more will be. */
export async function send(response: ServerResponse, chunk: Buffer, length: number): Promise<void> {
  const written = (): void => void spare.push(chunk);
  if (length === 0) return written();
  if (response.write(chunk.subarray(0, length), written) || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}
