/** The same streamed lists read by the extension's transport, and not parsed: on it no reader can be faster. */
import { initialEventsEnd } from '../../../src/cluster/watch/event-parser.ts';
import { ownTransport } from './connection.ts';
import { measureSync } from './side-process.ts';

const paths = ['/apis/apps/v1/deployments', '/apis/apps/v1/replicasets', '/api/v1/pods'];
const query = { watch: '1', allowWatchBookmarks: 'true', sendInitialEvents: 'true' };
const newline = 0x0a;
/** A bookmark is shorter. */
const bookmarkBytes = 400;

/** How many objects the list has: a line each, and one that ends it. */
async function objectsIn(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let lines = 0;
  let end = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) lines += 1;
    end = Buffer.concat([end, bytes.subarray(-bookmarkBytes)]).subarray(-bookmarkBytes);
    if (end.includes(initialEventsEnd) && end.at(-1) === newline) break;
  }
  return lines - 1;
}

const transport = await ownTransport();
await measureSync(async () => {
  const counts = await Promise.all(paths.map(async (path) => objectsIn(await transport.stream(path, query))));
  return () => counts.reduce((sum, count) => sum + count, 0);
});
