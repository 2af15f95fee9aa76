/** Everything once, in one shot: each list whole, one JSON.parse of it, and the same records as the store's. */
import { deploymentKind, podKind, replicaSetKind } from '../../../src/cluster/store/watched-kinds.ts';
import { measureSync, options } from './side-process.ts';

const lists = ['/apis/apps/v1/deployments', '/apis/apps/v1/replicasets', '/api/v1/pods'];

await measureSync(async ({ parsed }) => {
  const bodies = await Promise.all(lists.map(async (path) => (await fetch(options.server + path)).text()));
  const begun = performance.now();
  const [deployments, replicaSets, pods] = bodies.map((body) => JSON.parse(body).items);
  parsed(performance.now() - begun);
  const rows = [
    ...deployments.map(deploymentKind.read),
    ...replicaSets.map(replicaSetKind.read),
    ...pods.map(podKind.read),
  ];
  return () => rows.length;
});
