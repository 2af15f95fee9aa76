import assert from 'node:assert/strict';

import { loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { cuttableProxy } from './cuttable-proxy.ts';
import { deploymentOf } from './testbed/workloads.ts';

describe('a watched cluster', function () {
  this.timeout(120_000);

  it('is known to be stale within 15 seconds of a silent loss of the network, and true again after it', async () => {
    const cluster = await sharedCluster();
    const namespace = await freshNamespace(cluster, 'silent');
    await cluster.apply([deploymentOf(namespace, 'web', 'web:1')]);
    const proxy = await cuttableProxy(cluster.server);
    const kubeconfig = await loadKubeconfig([cluster.kubeconfig]);
    const [context] = kubeconfig.contexts;
    assert.ok(context);
    const transport = new Transport(proxy.server, () => kubeconfig.credentials(context.name));
    const store = new ClusterStore(transport, realClock, { named: [], find: async () => undefined });
    const desired = (): number | undefined => store.find(namespace, 'web')?.deployment.desired;
    try {
      await eventually('a live store', async () => store.state.kind === 'live' && desired() !== undefined);
      const lost = Date.now();
      proxy.freeze();
      await cluster.kubectl(['scale', 'deployment/web', '--replicas=4', '-n', namespace]);
      const state = await eventually(
        'a stale store',
        async () => store.state.kind === 'stale' && store.state,
        { limit: 40_000, every: 100 },
      );
      const seconds = (Date.now() - lost) / 1000;
      assert.ok(seconds <= 15.5, `noticed after ${seconds} s`);
      assert.ok(state.since !== undefined && state.since <= lost + 1_000, 'it was true until the loss');
      assert.ok(desired() !== 4, 'the change did not come through');
      proxy.thaw();
      await eventually('the change', async () => store.state.kind === 'live' && desired() === 4, {
        limit: 40_000,
      });
    } finally {
      store.dispose();
      transport.dispose();
      await proxy.close();
    }
  });
});
