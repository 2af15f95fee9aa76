/** Everything once, by the extension's own store. */
import { ownStore, ownTransport, untilLive } from './connection.ts';
import { measureSync } from './side-process.ts';

const transport = await ownTransport();
await measureSync(async ({ first }) => {
  const store = ownStore(transport);
  await untilLive(store, first);
  return () => {
    let objects = 0;
    for (const { uid } of store.deployments()) {
      const records = store.records(uid);
      objects += 1 + (records?.replicaSets.length ?? 0) + (records?.pods.length ?? 0);
    }
    return objects;
  };
});
