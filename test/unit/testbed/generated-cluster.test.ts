import assert from 'node:assert/strict';

import { deploymentRecord } from '../../../src/domain/rollout/deployment-record.ts';
import type { DeploymentJson } from '../../../src/domain/rollout/json.ts';
import { healthOf } from '../../../src/domain/rollout/health.ts';
import { ClusterStore } from '../../../src/cluster/store/store.ts';
import { Transport } from '../../../src/cluster/http/transport.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { eventually } from '../../testbed/eventually.ts';
import { type GeneratedCluster, startGeneratedCluster } from '../../testbed/generated-cluster/start.ts';
import { namedOnly } from '../cluster/named-only.ts';

interface List {
  readonly items: readonly DeploymentJson[];
  readonly metadata: { readonly continue?: string };
}

describe('a generated cluster', function () {
  this.timeout(30_000);
  let cluster: GeneratedCluster;

  before(async () => {
    cluster = await startGeneratedCluster({ deployments: 60, namespaces: 7 });
  });

  after(() => cluster.stop());

  async function get(path: string, from = cluster): Promise<List> {
    return JSON.parse(await (await fetch(from.server + path)).text());
  }

  it('lists the same in pages as at once, and each object by its name', async () => {
    const { items } = await get('/api/v1/pods');
    assert.equal(items.length, 600);
    const paged: unknown[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page = await get(`/api/v1/pods?limit=70${next === '' ? '' : `&continue=${next}`}`);
      paged.push(...page.items);
      next = page.metadata.continue;
    }
    assert.deepEqual(paged, items);
    const [, one] = items;
    const { namespace, name } = one?.metadata ?? {};
    assert.deepEqual(await get(`/api/v1/namespaces/${namespace}/pods/${name}`), one);
  });

  it('is a cluster to the store: deployments own what is theirs, and some are failing', async () => {
    const transport = new Transport(cluster.server, async () => ({ headers: {} }));
    const store = new ClusterStore(transport, realClock, namedOnly('default'));
    try {
      await eventually('a live store', async () => store.state.kind === 'live');
      const all = [...store.deployments()].flatMap(({ uid }) => store.records(uid) ?? []);
      assert.equal(all.length, 60);
      for (const { replicaSets, pods } of all) assert.deepEqual([replicaSets.length, pods.length], [4, 10]);
      assert.equal(all.filter((records) => healthOf(records).state === 'degraded').length, 2);
      cluster.change(500);
      await eventually('the changes', async () => {
        const { items } = await get('/apis/apps/v1/deployments');
        const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
        const listed = items.map(deploymentRecord).toSorted(byName);
        return JSON.stringify([...store.deployments()].toSorted(byName)) === JSON.stringify(listed);
      });
    } finally {
      store.dispose();
      transport.dispose();
    }
  });

  it('is the same for the same seed, changes included', async () => {
    const same = await startGeneratedCluster({ deployments: 60, namespaces: 7 });
    const path = '/apis/apps/v1/namespaces/team-003/replicasets';
    try {
      same.change(500);
      await eventually('the same changes', async () => {
        const lists = await Promise.all([get(path), get(path, same)]);
        return JSON.stringify(lists[0]) === JSON.stringify(lists[1]);
      });
    } finally {
      await same.stop();
    }
  });
});
