import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { RunSteps } from '../../../src/runs/run-steps.ts';
import type { StepHandler } from '../../../src/runs/steps/step-handler.ts';
import { target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { plainSettings } from './plain-settings.ts';
import { identity } from './run-identity.ts';
import { watchedCluster, type WatchedCluster } from './step-bed.ts';

describe('steps that go on by themselves', () => {
  let folder: string;
  let clock: VirtualClock;
  let cluster: WatchedCluster;
  let run: Run;
  let steps: RunSteps;
  let begun: number;

  /** Looks until it is stopped. */
  const endless: StepHandler = (_place, _see, signal) => {
    begun++;
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<StepHandler>>>();
    signal.addEventListener('abort', () => resolve({ state: 'running', summary: '', evidence: [] }));
    return promise;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-steps-'));
    clock = new VirtualClock();
    cluster = watchedCluster(clock);
    begun = 0;
    run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    const { api, store } = cluster;
    const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'jane', namespace: 'shop' };
    const writer = { send: () => Promise.reject(new Error('nothing is written')) };
    const connection = { context, api, writer, store };
    steps = new RunSteps(run, { connection, settings: plainSettings, clock }, { events: endless });
  });

  afterEach(async () => {
    steps.dispose();
    cluster.store.dispose();
    await run.settled();
    await rm(folder, { recursive: true });
  });

  it('stay stopped when a person has stopped them, until one asks', async () => {
    steps.goOnByItself();
    await clock.advance(0);
    assert.deepEqual([begun, run.state.steps.events?.state], [1, 'running']);
    steps.stop();
    await clock.advance(1000);
    await run.record({ kind: 'resumed', by: 'jane', host: 'here' });
    await clock.advance(0);
    assert.deepEqual([begun, run.state.steps.events], [1, undefined]);
    const stop = new AbortController();
    const asked = steps.begin(['events'], stop.signal);
    await clock.advance(0);
    assert.deepEqual([begun, run.state.steps.events?.state], [2, 'running']);
    stop.abort();
    await asked;
    await clock.advance(1000);
    assert.deepEqual([begun, run.state.steps.events], [2, undefined]);
  });

  it('are begun anew when a person asks while what was stopped is still about to end', async () => {
    void steps.begin(['events']);
    await clock.advance(0);
    steps.stop();
    const asked = steps.begin(['events']);
    await clock.advance(0);
    assert.deepEqual([begun, run.state.steps.events?.state], [2, 'running']);
    steps.stop();
    await asked;
    assert.equal(run.state.steps.events, undefined);
  });

  it('are not begun by what comes late, once the run was given back', async () => {
    steps.dispose();
    await Promise.race([steps.begin(['events']), clock.advance(100)]);
    assert.deepEqual([begun, run.state.steps.events], [0, undefined]);
  });
});
