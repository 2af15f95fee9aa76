import assert from 'node:assert/strict';

import { deploymentRecord } from '../../src/domain/rollout/deployment-record.ts';
import type { DeploymentJson, PodJson, ReplicaSetJson } from '../../src/domain/rollout/json.ts';
import { podRecord } from '../../src/domain/rollout/pod-record.ts';
import { replicaSetRecord } from '../../src/domain/rollout/replica-set-record.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { startCluster } from '../testbed/cluster/start.ts';
import { eventually } from '../testbed/eventually.ts';
import { grantRole } from './grant-role.ts';
import { rollbackBed, releases, type RollbackBed } from './rollback-bed.ts';
import { deploymentOf } from './testbed/workloads.ts';

const byUid = (a: { readonly uid: string }, b: { readonly uid: string }): number => (a.uid < b.uid ? -1 : 1);

/** What the store holds of a namespace, and what a list that is asked for now holds. */
async function bothSides(cluster: Cluster, bed: RollbackBed, namespace: string): Promise<[string, string]> {
  const list = async <Json>(kind: string): Promise<Json[]> =>
    JSON.parse(await cluster.kubectl(['get', kind, '-n', namespace, '-o', 'json'])).items;
  const deployments = await list<DeploymentJson>('deployments');
  const replicaSets = await list<ReplicaSetJson>('replicasets');
  const pods = await list<PodJson>('pods');
  const listed = [
    deployments.map(deploymentRecord),
    replicaSets.flatMap((json) => replicaSetRecord(json) ?? []),
    pods.flatMap((json) => podRecord(json) ?? []),
  ];
  const { store } = bed.connection;
  const held = [...store.deployments()].filter((each) => each.namespace === namespace);
  const records = held.flatMap(({ uid }) => store.records(uid) ?? []);
  const stored = [held, records.flatMap((each) => each.replicaSets), records.flatMap((each) => each.pods)];
  const text = (of: readonly (readonly { readonly uid: string }[])[]) =>
    JSON.stringify(of.map((rows) => rows.toSorted(byUid)));
  return [text(stored), text(listed)];
}

/** Waits until the store holds what a fresh list holds. */
async function untilEqual(cluster: Cluster, bed: RollbackBed, namespace: string): Promise<void> {
  let last: [string, string] = ['', ''];
  await eventually(
    'the store to hold what the cluster holds',
    async () => {
      last = await bothSides(cluster, bed, namespace);
      return last[0] === last[1];
    },
    { limit: 30_000, every: 300 },
  ).catch(() => assert.equal(last[0], last[1]));
}

describe('the store', function () {
  this.timeout(120_000);

  it('holds what a fresh list holds, after rollouts and deletions', async () => {
    const cluster = await sharedCluster();
    const namespace = await freshNamespace(cluster, 'store');
    const bed = await rollbackBed(cluster, namespace);
    try {
      await releases(cluster, namespace, 'web', ['web:1', 'web:2', 'web:3-nopull']);
      await releases(cluster, namespace, 'api', ['api:1']);
      await cluster.kubectl(['delete', 'deployment', 'api', '-n', namespace]);
      await cluster.kubectl(['rollout', 'undo', 'deployment/web', '-n', namespace]);
      await cluster.kubectl(['rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=30s']);
      await untilEqual(cluster, bed, namespace);
      assert.equal(bed.connection.store.state.kind, 'live');
      assert.equal(bed.connection.store.scope.kind, 'cluster');
      assert.equal(bed.connection.store.find(namespace, 'web')?.replicaSets.length, 3);
      assert.equal(bed.connection.store.find(namespace, 'api'), undefined);
    } finally {
      await bed.close();
    }
  });

  it("shows the context's namespace alone to a user who may see no other", async () => {
    const cluster = await sharedCluster();
    const namespace = await freshNamespace(cluster, 'mine');
    await grantRole(cluster, namespace, 'guest', 'get,list,watch', 'deployments.apps,replicasets.apps,pods');
    await cluster.apply([deploymentOf(namespace, 'web', 'web:1')]);
    const bed = await rollbackBed(cluster, namespace, cluster.kubeconfigFor('guest'));
    try {
      const { store } = bed.connection;
      await eventually('a live store', async () => store.state.kind === 'live');
      const { scope } = store;
      assert.deepEqual(scope.kind === 'namespaces' && scope.namespaces.map((each) => each.namespace), [
        namespace,
      ]);
      await untilEqual(cluster, bed, namespace);
      assert.deepEqual(new Set([...store.deployments()].map((each) => each.namespace)), new Set([namespace]));
    } finally {
      await bed.close();
    }
  });

  it('says that nothing may be read by a user who may read nothing', async () => {
    const cluster = await sharedCluster();
    const bed = await rollbackBed(cluster, 'default', cluster.kubeconfigFor('nobody'));
    try {
      const { store } = bed.connection;
      const state = await eventually('a refusal', async () => store.state.kind === 'refused' && store.state);
      assert.equal(state.error.reason, 'forbidden');
    } finally {
      await bed.close();
    }
  });

  it('is stale while the API server is away, and true again after it', async () => {
    const cluster = await startCluster();
    const bed = await rollbackBed(cluster, 'default');
    try {
      const { store } = bed.connection;
      await cluster.apply([deploymentOf('default', 'web', 'web:1'), deploymentOf('default', 'api', 'api:1')]);
      await eventually('a live store', async () => store.find('default', 'web') !== undefined);
      await cluster.stopApiServer();
      const stale = await eventually(
        'a stale store',
        async () => store.state.kind === 'stale' && store.state,
      );
      assert.equal(stale.error.reason, 'unreachable');
      assert.ok(Math.abs(Date.now() - (stale.since ?? 0)) < 60_000);
      assert.ok(store.find('default', 'web'), 'what was seen last is still shown');
      await cluster.restartApiServer();
      await cluster.kubectl(['delete', 'deployment', 'api']);
      await cluster.kubectl(['scale', 'deployment/web', '--replicas=4']);
      await eventually('a live store', async () => store.state.kind === 'live');
      await untilEqual(cluster, bed, 'default');
    } finally {
      await bed.close();
      await cluster.stop();
    }
  });
});
