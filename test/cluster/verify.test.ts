import assert from 'node:assert/strict';

import { checkIds } from '../../src/domain/runbook/checks.ts';
import type { Runbook } from '../../src/runs/runbook.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { type Loopback, loopback } from '../unit/cluster/loopback.ts';
import { get, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

describe('the verification of a deployment', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;
  let service: Loopback;

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'verify');
    bed = await rollbackBed(cluster, namespace);
    service = await loopback(
      (request, response) =>
        void response.writeHead(request.url === '/broken' ? 503 : 200).end('{"status":"ok"}'),
    );
  });

  after(async () => {
    await service.close();
    await bed.close();
  });

  const seen = (name: string) =>
    eventually(`${name} in the store`, async () => bed.connection.store.find(namespace, name) !== undefined);

  function states({ run }: Runbook): string[] {
    return checkIds.map((id) => `${id} ${run.state.steps[id]?.result?.state}`);
  }

  it('finds all good after a rollback: pods, rollout, addresses, logs', async () => {
    await releases(cluster, namespace, 'good', ['web:1.3', 'web:1.4-crash']);
    await seen('good');
    const critical = [`${service.url}/a`, `${service.url}/b`];
    const runbook = await bed.runbook('good', {
      endpoints: () => ({ health: `${service.url}/health`, critical }),
    });
    await runbook.rollBack(ready(await runbook.prepare(0)));
    assert.equal((await runbook.follow()).kind, 'complete');
    await runbook.verify();
    assert.deepEqual(
      states(runbook),
      checkIds.map((id) => `${id} ok`),
    );
    const { podsReady, critical: answers, health } = runbook.run.state.steps;
    assert.equal(podsReady?.result?.summary, '3 of 3');
    assert.equal(answers?.result?.summary, '2 of 2 answer');
    assert.match(health?.result?.evidence[0]?.text ?? '', /→ 200 in \d+ ms: \{"status":"ok"\}/);
  });

  it('finds what is bad of a crash loop: pods after the limit, rollout, an address, errors in the logs', async () => {
    await releases(cluster, namespace, 'bad', ['web:1.4-crash'], {
      annotations: { 'testbed/back-off': '1s' },
    });
    await seen('bad');
    await eventually('a crash', async () =>
      (bed.connection.store.find(namespace, 'bad')?.pods ?? []).some(({ restarts }) => restarts > 1),
    );
    const runbook = await bed.runbook('bad', {
      endpoints: () => ({ health: `${service.url}/broken`, critical: [] }),
      readyWithinMs: () => 300,
    });
    await runbook.verify();
    assert.deepEqual(states(runbook), [
      'podsReady failed',
      'complete failed',
      'health failed',
      'critical notConfigured',
      'logs failed',
    ]);
    const { podsReady, logs } = runbook.run.state.steps;
    assert.match(podsReady?.result?.evidence[0]?.text ?? '', /Not all pods are ready after 0.3 s/);
    assert.ok((logs?.result?.evidence.length ?? 0) > 0);
  });

  it('finds that another revision runs than the one that was put back', async () => {
    await releases(cluster, namespace, 'other', ['web:1.3', 'web:1.4']);
    await seen('other');
    const runbook = await bed.runbook('other', { readyWithinMs: () => 300 });
    await runbook.rollBack(ready(await runbook.prepare(1)));
    await runbook.follow();
    await cluster.kubectl(['set', 'image', 'deployment/other', 'app=web:1.5', '-n', namespace]);
    await cluster.kubectl(['rollout', 'status', 'deployment/other', '-n', namespace, '--timeout=30s']);
    const revision = await get(cluster, namespace, 'other', '{.metadata.generation}');
    await eventually(
      'the new revision in the store',
      async () => bed.connection.store.find(namespace, 'other')?.deployment.generation === Number(revision),
    );
    await runbook.verify();
    assert.equal(runbook.run.state.steps.complete?.result?.summary, 'another revision runs');
  });

  it('has found nothing where it is stopped while the pods are not ready', async () => {
    await releases(cluster, namespace, 'stopped', ['web:1.4-unready']);
    await seen('stopped');
    const runbook = await bed.runbook('stopped');
    const verifying = runbook.verify();
    await eventually(
      'a look at the pods',
      async () => runbook.run.state.steps.podsReady?.result !== undefined,
    );
    runbook.stopWatching();
    await verifying;
    assert.deepEqual(runbook.run.state.steps, {});
    assert.equal(runbook.isVerifying, false);
  });
});
