/** How many events a second the extension's own store takes in. */
import type { Transport } from '../../../src/cluster/http/transport.ts';
import { ownStore, ownTransport, untilLive } from './connection.ts';
import { finish, options, ready } from './side-process.ts';

const transport = await ownTransport();
let begun: number | undefined;
let lines = 0;
const store = ownStore(counting(transport));
await untilLive(store, () => undefined);
lines = 0;
ready();

/** The same transport; counts the lines of streams, each when everything before it has been taken in. */
function counting(transport: Transport): Transport {
  const stream: Transport['stream'] = async (...asked) => {
    const body = await transport.stream(...asked);
    return (async function* () {
      for await (const chunk of body) {
        begun ??= performance.now();
        yield chunk;
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
        if (lines >= options.count) finish({ perSecond: (lines / (performance.now() - begun)) * 1000 });
      }
    })();
  };
  return Object.assign(Object.create(transport), { stream });
}
