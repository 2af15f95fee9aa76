import assert from 'node:assert/strict';

import type { CheckResult } from '../../../src/domain/runbook/checks.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import type { RunState } from '../../../src/domain/runbook/state.ts';
import { watch } from '../../../src/runs/steps/watch.ts';
import { sampleAt } from '../domain/figures/samples.ts';
import { replicaSetJson, revision } from '../domain/rollout/objects.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { bad, good, paths, rollout } from './rollout-script.ts';
import { placeOf, podOf, rolledBack, ToldFigures, watchedCluster, type WatchedCluster } from './step-bed.ts';

const at = '2026-01-01T00:00:00.000Z';
const minute = 60_000;
const back = { waiting: { reason: 'CrashLoopBackOff' } };

describe('the watch after a rollback', () => {
  let clock: VirtualClock;
  let cluster: WatchedCluster;
  let figures: ToldFigures;
  let seen: CheckResult[];
  const open: AbortController[] = [];

  beforeEach(async () => {
    clock = new VirtualClock();
    cluster = watchedCluster(clock);
    figures = new ToldFigures();
    seen = [];
    await clock.advance(100);
  });

  afterEach(() => {
    for (const each of open.splice(0)) each.abort();
    cluster.store.dispose();
  });

  /** Begins the step, as in a run after these events. */
  function watching(...more: readonly RunEvent[]): Promise<CheckResult> {
    const stop = new AbortController();
    open.push(stop);
    const started: RunEvent = { at: new Date(clock.now()).toISOString(), kind: 'stepStarted', step: 'watch' };
    const run: RunState = rolledBack(at, ...more, started);
    const place = placeOf(cluster, clock, run, { figures: () => figures.settings() });
    return watch(place, (result) => void seen.push(result), stop.signal);
  }

  async function counted(minutes: number, errorLines: number): Promise<void> {
    for (let second = 0; second < minutes * 60; second += 12) {
      figures.tell({ ...sampleAt(0, { errorLines }), at: clock.now() });
      await cluster.advance(12_000);
    }
  }

  it('ends well after ten minutes in which nothing came back, and says meanwhile how much is left', async () => {
    const ending = watching();
    await counted(11, 0);
    const { state, summary, evidence } = await ending;
    assert.deepEqual([state, summary], ['ok', '10 min, nothing came back']);
    assert.match(evidence.map(({ text }) => text).join('\n'), /^3 pods, no restart\n/);
    assert.deepEqual(
      seen.map((each) => each.summary),
      [...Array.from({ length: 10 }, (_, i) => `${10 - i} min left`), 'less than a minute left'].slice(
        0,
        seen.length,
      ),
    );
    assert.ok(seen.length >= 10 && seen.length <= 12);
    assert.equal(figures.held, 0);
  });

  it('ends as failed when a pod restarts, with the pod, the time and where to look', async () => {
    const ending = watching();
    await cluster.advance(3 * minute);
    cluster.change('pods', 'MODIFIED', podOf('b', 1));
    await cluster.advance(200);
    const { state, summary, evidence, advice } = await ending;
    assert.deepEqual([state, summary], ['failed', 'a pod restarted']);
    assert.equal(evidence[0]?.text, 'b restarted once since the rollback.');
    assert.match(evidence[0].at, /^2026-01-01T00:03:00/);
    assert.deepEqual(advice?.[0], {
      words: 'See how its container ended.',
      action: 'describePod',
      target: 'b',
    });
    assert.equal(figures.held, 0);
  });

  it('ends as failed when the failing revision is put back, and names who wrote it and who owns it', async () => {
    const ending = watching();
    const managedFields = [
      { manager: 'argocd-controller', time: at, fieldsV1: { 'f:spec': { 'f:template': {} } } },
    ];
    const json = rollout(bad, 0, 6);
    const labels = { 'argocd.argoproj.io/instance': 'shop' };
    const metadata = {
      ...json.metadata,
      labels,
      managedFields,
      annotations: revision(4),
      resourceVersion: '9',
    };
    const changed = { ...json, metadata };
    // The scripted answer of the bed comes first.
    await cluster.api.get(paths.deployment);
    cluster.api.on(paths.deployment, changed);
    cluster.change('replicasets', 'MODIFIED', replicaSetJson('bad', bad, revision(4)));
    cluster.change('deployments', 'MODIFIED', changed);
    await cluster.advance(200);
    const { summary, evidence, advice } = await ending;
    assert.equal(summary, 'failing revision is back');
    const words = evidence.map(({ text }) => text).join('\n');
    assert.match(words, /^The failing revision \(v2\) was put back/);
    assert.match(
      words,
      /written last by argocd-controller at .*Argo CD \(application shop\) manages the deployment\./,
    );
    assert.equal(advice?.[0]?.action, 'rollBackToRevision');
  });

  it('ends as failed when the deployment is deleted', async () => {
    const ending = watching();
    cluster.change('deployments', 'DELETED', rollout(good, 3));
    await cluster.advance(200);
    assert.equal((await ending).summary, 'deleted');
  });

  it('ends as failed when errors return for a minute, not for a moment', async () => {
    const ending = watching();
    await counted(2, 0);
    await counted(0.2, 60);
    await counted(1, 0);
    assert.equal(seen.at(-1)?.state, 'running');
    await counted(2, 40);
    const { summary, evidence } = await ending;
    assert.equal(summary, 'errors are back');
    assert.match(
      evidence[0]?.text ?? '',
      /^Errors are back: \d+ lines of level error or worse per minute, more than 1\.$/,
    );
  });

  it('goes on after a reload from the time of the rollback, and tells what happened in between', async () => {
    const first = watching();
    await cluster.advance(4 * minute);
    const memory = seen.at(-1)?.memory;
    assert.ok(memory);
    open.pop()?.abort();
    await first;
    // The window is closed: nobody looks, and a pod restarts.
    cluster.change('pods', 'MODIFIED', podOf('c', 2));
    await cluster.advance(3 * minute);
    const past: RunEvent[] = [
      { at, kind: 'stepStarted', step: 'watch' },
      {
        at,
        kind: 'stepSeen',
        step: 'watch',
        result: { state: 'running', summary: '6 min left', evidence: [], memory },
      },
      { at, kind: 'stepStopped', step: 'watch' },
    ];
    const { state, evidence } = await watching(...past);
    assert.equal(state, 'failed');
    assert.equal(evidence[0]?.text, 'c restarted 2 times since the rollback.');
  });

  it('takes no more than what is left of the ten minutes after a reload', async () => {
    await counted(8, 0);
    const memory = { since: at, restarts: { 'a-uid': 0, 'b-uid': 0, 'c-uid': 0 } };
    const kept: RunEvent = {
      at,
      kind: 'stepSeen',
      step: 'watch',
      result: { state: 'running', summary: '', evidence: [], memory },
    };
    const ending = watching(kept);
    await clock.settle();
    assert.equal(seen[0]?.summary, '2 min left');
    await counted(2, 0);
    assert.equal((await ending).state, 'ok');
  });

  it('begins with what is now when a person tries it again', async () => {
    const ended: RunEvent[] = [
      { at, kind: 'stepStarted', step: 'watch' },
      {
        at,
        kind: 'stepEnded',
        step: 'watch',
        result: {
          state: 'failed',
          summary: 'a pod restarted',
          evidence: [],
          memory: { since: at, restarts: { 'a-uid': 0 } },
        },
      },
    ];
    cluster.change('pods', 'MODIFIED', podOf('a', 1));
    await cluster.advance(5 * minute);
    const ending = watching(...ended);
    await clock.settle();
    assert.equal(seen[0]?.summary, '10 min left');
    await counted(10.2, 0);
    assert.equal((await ending).state, 'ok');
  });

  it('reads the logs where nobody counted, and calls nothing good that it could not see', async () => {
    figures.settings = () => new ToldFigures().settings();
    const ending = watching();
    await cluster.advance(10 * minute);
    const { state, evidence } = await ending;
    // The scripted API server has no logs to give.
    assert.equal(state, 'warning');
    assert.match(evidence.map(({ text }) => text).join('\n'), /The log of a \(api\) cannot be read/);
  });

  it('waits for a cluster that cannot be seen, and says so', async () => {
    cluster.store.dispose();
    const away = watchedCluster(clock);
    away.store.dispose();
    const place = placeOf(away, clock, rolledBack(at), {});
    const ending = watch(place, (result) => void seen.push(result), new AbortController().signal);
    await clock.advance(20_000);
    assert.equal(seen[0]?.summary, 'waiting for the cluster');
    await clock.advance(16 * minute);
    assert.equal((await ending).summary, 'cannot be told');
  });

  it('says of a failing pod what is wrong with it', async () => {
    const ending = watching();
    cluster.change('pods', 'MODIFIED', podOf('a', 0, back));
    await cluster.advance(200);
    assert.match((await ending).evidence[0]?.text ?? '', /^a is failing: /);
  });
});
