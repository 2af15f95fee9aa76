import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { RunEvent } from '../../src/domain/runbook/events.ts';
import { JournalFile } from '../../src/runs/journal-file.ts';
import type { Runbook } from '../../src/runs/runbook.ts';
import { eventually } from '../testbed/eventually.ts';
import { inFreshNamespace, type Place, ready, releases } from './rollback-bed.ts';

const patient = { limit: 30_000 };

describe('a run after its rollback, on a cluster', function () {
  this.timeout(120_000);
  let place: Place;
  const open: Runbook[] = [];

  inFreshNamespace('after', (given) => (place = given));
  afterEach(() => {
    for (const runbook of open.splice(0)) runbook.dispose();
  });

  /** A deployment that was rolled back from a crashing revision, with a run that goes on by itself. */
  async function rolledBack(name: string): Promise<Runbook> {
    const { cluster, namespace, bed } = place;
    await releases(cluster, namespace, name, ['web:1.3', 'web:1.4-crash']);
    await eventually(
      `${name} in the store`,
      async () => bed.connection.store.find(namespace, name) !== undefined,
    );
    const runbook = await bed.runbook(name, { watchMs: () => 60_000 });
    open.push(runbook);
    runbook.goOnByItself();
    await runbook.rollBack(ready(await runbook.prepare(0)));
    assert.equal((await runbook.follow()).kind, 'complete');
    await eventually(
      'the watch, which begins by itself',
      async () => runbook.run.state.steps.watch?.state === 'running',
      patient,
    );
    return runbook;
  }

  /** A pod of the revision that was put back, as `pod/name`. */
  function ownPod({ run }: Runbook): string {
    const { target, rollback } = run.state;
    const own = place.bed.connection.store
      .find(target.namespace, target.name)
      ?.pods.find(({ ownerUid, terminating }) => ownerUid === rollback?.to.replicaSetUid && !terminating);
    return `pod/${own?.name ?? ''}`;
  }

  /** A container's first crash, as its kubelet would write it into the pod's status; `pod` as `pod/name`. */
  async function crash(pod: string): Promise<void> {
    const terminated = { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() };
    const state = {
      waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container' },
    };
    const container = {
      name: 'app',
      ready: false,
      restartCount: 1,
      state: { running: null, ...state },
      lastState: { terminated },
    };
    const unready = ['Ready', 'ContainersReady'].map((type) => ({ type, status: 'False' }));
    const status = { containerStatuses: [container], conditions: unready };
    const patch = JSON.stringify({ status });
    await place.cluster.kubectl(['patch', pod, '-n', place.namespace, '--subresource=status', '-p', patch]);
  }

  /** What the journal on the disk has of the item, in order. */
  async function written({ run }: Runbook, item: string): Promise<readonly string[]> {
    await run.settled();
    const files = await readdir(place.bed.folder);
    const file =
      files.find((each) => each.startsWith(`${run.state.target.name}-`) && each.endsWith('.jsonl')) ?? '';
    const { events } = await new JournalFile(join(place.bed.folder, file)).read();
    const isOfItem = (event: RunEvent) => event.kind === 'itemSeen' && event.item === item;
    return events.filter(isOfItem).map((event) => (event.kind === 'itemSeen' ? event.state : ''));
  }

  it('un-ticks the pods in its journal when one crashes after the tick, ends the watch, and ticks them again', async () => {
    const { cluster, namespace } = place;
    const runbook = await rolledBack('crashes');
    const { run } = runbook;
    await eventually('the tick', async () => run.state.items.pods?.state === 'ticked', patient);
    const pod = ownPod(runbook);
    await crash(pod);
    await eventually('the un-tick', async () => run.state.items.pods?.state === 'failed', patient);
    await eventually('the end of the watch', async () => run.state.steps.watch?.state === 'ended', patient);
    const { result } = run.state.steps.watch ?? {};
    assert.equal(result?.state, 'failed');
    const name = pod.replace('pod/', '');
    assert.match(result.evidence[0]?.text ?? '', new RegExp(`^${name} (restarted|is failing)`));
    assert.ok(result.evidence.every(({ at }) => at > (run.state.rollback?.endAt ?? '')));
    assert.equal(result.advice?.[0]?.target, name);
    await cluster.kubectl(['delete', pod, '-n', namespace]);
    await eventually('the tick again', async () => run.state.items.pods?.state === 'ticked', patient);
    const states = await written(runbook, 'pods');
    const told = states.filter((state) => state !== 'running');
    // Until the controller has seen the rollback, the failing revision's pods are the current ones.
    assert.deepEqual(told.slice(told.indexOf('ticked')), ['ticked', 'failed', 'ticked'], states.join());
  });

  it('tells that somebody has put the failing revision back, and who', async () => {
    const { cluster, namespace } = place;
    const { run } = await rolledBack('changes');
    await cluster.kubectl(['set', 'image', 'deployment/changes', 'app=web:1.4-crash', '-n', namespace]);
    await eventually('the end of the watch', async () => run.state.steps.watch?.state === 'ended', patient);
    const { result } = run.state.steps.watch ?? {};
    assert.equal(result?.summary, 'failing revision is back');
    const words = result.evidence.map(({ text }) => text).join('\n');
    assert.match(
      words,
      /^The failing revision \(1\.4-crash\) was put back: the deployment runs ReplicaSet changes-/,
    );
    assert.match(words, /The template was written last by .*kubectl-set.* at 20\d\d-/);
    assert.equal(run.state.items.executed?.state, 'failed');
  });

  it('goes on after a reload with the restarts that it remembers', async () => {
    const { namespace, bed } = place;
    const before = await rolledBack('reloads');
    await eventually('a memory', async () => before.run.state.memories.watch !== undefined, patient);
    before.dispose();
    await before.settled();
    const pod = ownPod(before);
    await crash(pod);
    await eventually('a restart', async () =>
      (bed.connection.store.find(namespace, 'reloads')?.pods ?? []).some(
        ({ name, restarts }) => `pod/${name}` === pod && restarts > 0,
      ),
    );
    const again = await bed.reopened(before);
    open.push(again);
    await again.resume();
    again.goOnByItself();
    await eventually(
      'the end of the watch',
      async () => again.run.state.steps.watch?.state === 'ended',
      patient,
    );
    assert.match(
      again.run.state.steps.watch?.result?.evidence[0]?.text ?? '',
      /restarted .* since the rollback/,
    );
  });
});
