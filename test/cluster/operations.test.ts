import assert from 'node:assert/strict';

import type { OperationRequest } from '../../src/domain/rollout/operations.ts';
import type { Runbook } from '../../src/runs/runbook.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { get, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

describe('an operation on a deployment', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'operate');
    bed = await rollbackBed(cluster, namespace);
    // The same twice: one for the extension, one for kubectl.
    await Promise.all(['ours', 'theirs'].map((name) => releases(cluster, namespace, name, ['web:1.3'])));
    for (const name of ['ours', 'theirs'])
      await cluster.kubectl(['rollout', 'status', `deployment/${name}`, '-n', namespace, '--timeout=30s']);
  });

  after(() => bed.close());

  /** What kubectl says of it on its own deployment, its error where it refuses. */
  function kubectl(...args: readonly string[]): Promise<string> {
    return cluster.kubectl([...args, '-n', namespace]).catch((error: unknown) => String(error));
  }

  async function operate(runbook: Runbook, request: OperationRequest): Promise<void> {
    const prepared = await runbook.prepareOperation(request);
    assert.ok(prepared.kind === 'ready', 'message' in prepared ? prepared.message : '');
    assert.equal((await runbook.operate(prepared.preview)).kind, 'applied');
  }

  async function message(runbook: Runbook, request: OperationRequest): Promise<string> {
    const prepared = await runbook.prepareOperation(request);
    assert.ok(prepared.kind !== 'ready');
    return prepared.message;
  }

  /** The spec as it stands in the cluster, without what differs by name and time. */
  async function specOf(name: string): Promise<unknown> {
    const text = await get(cluster, namespace, name, '{.spec}');
    return JSON.parse(text.replaceAll(name, 'NAME').replaceAll(/"\d{4}-\d\d-\d\dT[^"]+"/g, '"TIME"'));
  }

  it('leaves the object that kubectl leaves, and refuses in its words', async () => {
    const runbook = await bed.runbook('ours');
    await operate(runbook, { kind: 'pause' });
    await kubectl('rollout', 'pause', 'deployment/theirs');
    assert.deepEqual(await specOf('ours'), await specOf('theirs'));
    for (const kind of ['pause', 'restart'] as const) {
      const words = (await message(runbook, { kind })).replace('ours', 'theirs');
      const said = await kubectl('rollout', kind, 'deployment/theirs');
      assert.ok(said.includes(words), `${words}\n${said}`);
    }
    await operate(runbook, { kind: 'resume' });
    await kubectl('rollout', 'resume', 'deployment/theirs');
    assert.deepEqual(await specOf('ours'), await specOf('theirs'));
    const words = (await message(runbook, { kind: 'resume' })).replace('ours', 'theirs');
    const said = await kubectl('rollout', 'resume', 'deployment/theirs');
    assert.ok(said.includes(words), `${words}\n${said}`);
    await operate(runbook, { kind: 'scale', replicas: 4 });
    await kubectl('scale', 'deployment/theirs', '--replicas=4');
    assert.deepEqual(await specOf('ours'), await specOf('theirs'));
    await operate(runbook, { kind: 'restart' });
    await kubectl('rollout', 'restart', 'deployment/theirs');
    assert.deepEqual(await specOf('ours'), await specOf('theirs'));
    const end = await runbook.followOperation(AbortSignal.timeout(30_000));
    assert.deepEqual([end.kind, end.nowRevision], ['complete', 2]);
    runbook.dispose();
  });

  it('is one patch after its dry run, and writes down what it was', async () => {
    const from = (await cluster.audit()).length;
    const runbook = await bed.runbook('ours');
    await operate(runbook, { kind: 'scale', replicas: 2 });
    const end = await runbook.followOperation(AbortSignal.timeout(30_000));
    assert.equal(end.kind, 'complete');
    const written = (await cluster.audit())
      .slice(from)
      .filter(
        ({ userAgent, verb }) =>
          userAgent === 'kubernetes-rollback' && !['get', 'list', 'watch'].includes(verb),
      );
    assert.deepEqual(
      written.map(({ verb, resource, name, dryRun, code }) => [verb, resource, name, dryRun, code]),
      [
        ['patch', 'deployments', 'ours', true, 200],
        ['patch', 'deployments', 'ours', false, 200],
      ],
    );
    const again = await bed.reopened(runbook);
    const { operation } = again.run.state;
    assert.deepEqual(operation?.operation, { kind: 'scale', fromReplicas: 4, toReplicas: 2 });
    assert.deepEqual([operation?.outcome?.kind, operation?.end?.kind], ['applied', 'complete']);
  });

  it('is refused where somebody else scales after the preview', async () => {
    const runbook = await bed.runbook('ours');
    const prepared = await runbook.prepareOperation({ kind: 'scale', replicas: 5 });
    assert.ok(prepared.kind === 'ready');
    await cluster.kubectl(['scale', 'deployment/ours', '--replicas=3', '-n', namespace]);
    const outcome = await runbook.operate(prepared.preview);
    assert.ok(outcome.kind === 'notApplied');
    assert.match(outcome.message, /changed by somebody else/);
    assert.equal(await get(cluster, namespace, 'ours', '{.spec.replicas}'), '3');
  });

  it('ends as lost where somebody else changes it on', async () => {
    await releases(cluster, namespace, 'overtaken', ['web:1.3', 'web:1.4-nopull']);
    const runbook = await bed.runbook('overtaken');
    await operate(runbook, { kind: 'scale', replicas: 5 });
    const following = runbook.followOperation(AbortSignal.timeout(30_000));
    await cluster.kubectl(['scale', 'deployment/overtaken', '--replicas=1', '-n', namespace]);
    const end = await following;
    assert.deepEqual(
      [end.kind, end.message],
      ['lost', 'Somebody or something has changed the deployment again since.'],
    );
  });
});
