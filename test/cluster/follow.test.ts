import assert from 'node:assert/strict';

import type { RolloutEnd } from '../../src/domain/runbook/events.ts';
import type { Runbook } from '../../src/runs/runbook.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { get, inFreshNamespace, ready, releases, type RollbackBed } from './rollback-bed.ts';

describe('following a rollback', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  inFreshNamespace('follow', (place) => ({ cluster, namespace, bed } = place));

  /** A rollback to revision 1 that is written just now. */
  async function rolledBack(name: string, images: readonly [string, string], spec: object = {}) {
    await releases(cluster, namespace, name, images, { spec });
    // Else a deadline that the first of them exceeds may never be written anew.
    const progressing = '{.status.conditions[?(@.type=="Progressing")].reason}';
    await eventually(`${name} to be complete`, async () => {
      return (await get(cluster, namespace, name, progressing)) === 'NewReplicaSetAvailable';
    });
    const runbook = await bed.runbook(name);
    const outcome = await runbook.rollBack(ready(await runbook.prepare(1)));
    assert.equal(outcome.kind, 'applied');
    return runbook;
  }

  const endOf = ({ run }: Runbook): RolloutEnd | undefined => run.state.rollback?.end;

  it('ends failed where the revision exceeds its progress deadline too', async () => {
    const runbook = await rolledBack('late', ['web:1.3-unready', 'web:1.4'], { progressDeadlineSeconds: 4 });
    const end = await runbook.follow();
    assert.equal(end.kind, 'failed');
    // Now and then Kubernetes never writes down that the deadline is over: then the time alone tells.
    const deadline =
      /^(deployment "late" exceeded its progress deadline|No progress for \d+ s: .+): \d pods? not ready$/;
    assert.match(end.message, deadline);
  });

  it('is not misled by the deadline that the revision before has exceeded', async () => {
    const spec = { progressDeadlineSeconds: 3 };
    await releases(cluster, namespace, 'mended', ['web:1.3', 'web:1.4-unready'], { spec });
    const status = ['rollout', 'status', 'deployment/mended', '-n', namespace, '--timeout=30s'];
    await assert.rejects(cluster.kubectl(status), /exceeded its progress deadline/);
    const runbook = await bed.runbook('mended');
    await runbook.rollBack(ready(await runbook.prepare(1)));
    assert.equal((await runbook.follow()).kind, 'complete');
  });

  it('stops when told so, and goes on after a reload of the window', async () => {
    const runbook = await rolledBack('reloaded', ['web:1.3-unready', 'web:1.4']);
    const stop = new AbortController();
    const following = runbook.follow(stop.signal);
    await eventually('a message', async () => runbook.run.state.rollback?.message !== undefined);
    stop.abort();
    assert.equal((await following).kind, 'stopped');
    const again = runbook.follow();
    await eventually('a message', async () => runbook.run.state.rollback?.end === undefined);
    runbook.dispose();
    await again;
    // What is noted is on the disk a moment later; what is signed after it waits for both.
    await runbook.checklist.sign('users', '');

    const reopened = await bed.reopened(runbook);
    assert.equal(endOf(reopened), undefined);
    const resuming = reopened.resume();
    await cluster.kubectl(['annotate', 'deployment/reloaded', 'note=still followed', '-n', namespace]);
    await cluster.kubectl(['delete', 'deployment/reloaded', '-n', namespace]);
    await resuming;
    const message = 'The deployment reloaded was deleted.';
    assert.deepEqual(endOf(reopened), { kind: 'lost', message, nowRevision: undefined });
  });

  it('ends as lost where somebody else rolls something else out, also when that fails', async () => {
    const runbook = await rolledBack('overtaken', ['web:1.3-unready', 'web:1.4']);
    const following = runbook.follow();
    await eventually('a message', async () => runbook.run.state.rollback?.message !== undefined);
    await cluster.kubectl(['set', 'image', 'deployment/overtaken', 'app=web:1.5-crash', '-n', namespace]);
    const end = await following;
    assert.equal(end.kind, 'lost');
    assert.match(end.message, /another template/);
  });

  it('goes on where somebody scales in between', async () => {
    const runbook = await rolledBack('scaled', ['web:1.3', 'web:1.4']);
    const following = runbook.follow();
    await cluster.kubectl(['scale', 'deployment/scaled', '--replicas=4', '-n', namespace]);
    assert.equal((await following).kind, 'complete');
  });
});
