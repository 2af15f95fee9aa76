import assert from 'node:assert/strict';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { startCluster } from '../../testbed/cluster/start.ts';
import { BACKEND_API, DEMO_NAMESPACE } from '../../testbed/demo/deployments.ts';
import { type HealthServer, startHealthServer } from '../../testbed/demo/health.ts';
import { seedDemo } from '../../testbed/demo/seed.ts';
import { eventually } from '../../testbed/eventually.ts';
import { podsOf } from './workloads.ts';

describe('the demo', () => {
  let cluster: Cluster;
  let health: HealthServer;

  before(async function () {
    this.timeout(90_000);
    cluster = await startCluster();
    await seedDemo(cluster);
    health = await startHealthServer(cluster, { namespace: DEMO_NAMESPACE, deployment: BACKEND_API.name });
  });

  after(async function () {
    this.timeout(20_000);
    await health.stop();
    await cluster.stop();
  });

  it('has a backend whose newest of four revisions crashes in all three pods', async () => {
    const history = await inDemo('rollout', 'history', 'deployment/veza-backend-api');
    assert.deepEqual(
      [...history.matchAll(/^(\d+) +(Release \S+):/gm)].map(([, revision, cause]) => `${revision} ${cause}`),
      ['1 Release v2.2.0', '2 Release v2.3.0', '3 Release v2.3.1', '4 Release v2.4.0'],
    );
    const pods = await podsOf(cluster, DEMO_NAMESPACE, 'veza-backend-api');
    assert.deepEqual(
      pods.map(({ ready, restarts }) => ({ ready, restarted: restarts > 0 })),
      Array.from({ length: 3 }, () => ({ ready: '0/1', restarted: true })),
    );
  });

  it('has a frontend and a chat server that are well', async () => {
    const deployments = await inDemo('get', 'deployments', '--no-headers');
    assert.match(deployments, /^veza-frontend +3\/3 /m);
    assert.match(deployments, /^veza-chat-server +2\/2 /m);
  });

  it('answers 503 at its public address until a rollback, then 200', async function () {
    this.timeout(30_000);
    for (const path of ['/health', '/api/v1/tracks'])
      assert.equal((await fetch(health.url + path)).status, 503);
    await inDemo('rollout', 'undo', 'deployment/veza-backend-api');
    await inDemo('rollout', 'status', 'deployment/veza-backend-api', '--timeout=20s');
    const answer = await eventually('a healthy answer', async () => {
      const response = await fetch(`${health.url}/health`);
      return response.status === 200 && response.json();
    });
    assert.deepEqual(answer, { status: 'ok', version: 'v2.3.1', pods: 3 });
    assert.equal((await fetch(`${health.url}/api/v1/tracks`)).status, 200);
    assert.equal((await fetch(`${health.url}/else`)).status, 404);
  });

  function inDemo(...args: readonly string[]): Promise<string> {
    return cluster.kubectl([...args, '-n', DEMO_NAMESPACE]);
  }
});
