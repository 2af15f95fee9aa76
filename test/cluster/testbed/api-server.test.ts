import assert from 'node:assert/strict';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { startCluster } from '../../testbed/cluster/start.ts';
import { deploymentOf } from './workloads.ts';

describe('an API server that goes away', () => {
  let cluster: Cluster;

  before(async function () {
    this.timeout(60_000);
    cluster = await startCluster();
    await cluster.apply([deploymentOf('default', 'web', 'web:1.4')]);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '--timeout=20s']);
  });

  after(async function () {
    this.timeout(20_000);
    await cluster.stop();
  });

  it('refuses connections while it is stopped, and its audit log can still be read', async () => {
    await cluster.stopApiServer();
    await assert.rejects(cluster.client.request('GET', '/readyz'), /ECONNREFUSED/);
    assert.ok((await cluster.audit()).length > 0);
  });

  it('comes back at the same address, knowing what it knew, and the controllers go on', async function () {
    this.timeout(60_000);
    await cluster.restartApiServer();
    await cluster.kubectl(['scale', 'deployment/web', '--replicas=5']);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '--timeout=40s']);
    const logs = await cluster.kubectl(['logs', 'deployment/web']);
    assert.match(logs, /listening on :8080/);
  });
});
