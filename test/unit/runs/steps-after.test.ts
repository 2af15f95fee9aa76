import assert from 'node:assert/strict';

import type { CheckResult } from '../../../src/domain/runbook/checks.ts';
import { runState } from '../../../src/domain/runbook/state.ts';
import type { SmokeEnd, SmokeTest } from '../../../src/domain/runbook/smoke-test.ts';
import { errorRate } from '../../../src/runs/steps/error-rate.ts';
import { metrics } from '../../../src/runs/steps/metrics.ts';
import { smoke } from '../../../src/runs/steps/smoke.ts';
import type { RunbookSettings } from '../../../src/runs/runbook-settings.ts';
import { sampleAt } from '../domain/figures/samples.ts';
import { confirmed, target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { placeOf, rolledBack, ToldFigures, watchedCluster, type WatchedCluster } from './step-bed.ts';

describe('a step after a rollback', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');
  let clock: VirtualClock;
  let cluster: WatchedCluster;
  let figures: ToldFigures;
  let seen: CheckResult[];
  let stop: AbortController;

  beforeEach(() => {
    clock = new VirtualClock();
    cluster = watchedCluster(clock);
    figures = new ToldFigures();
    seen = [];
    stop = new AbortController();
  });

  afterEach(() => cluster.store.dispose());

  const run = () => rolledBack('2026-01-01T00:00:00.000Z');
  const place = (settings: Partial<RunbookSettings> = {}, state = run()) =>
    placeOf(cluster, clock, state, { figures: () => figures.settings(), ...settings });
  const see = (result: CheckResult) => void seen.push(result);

  describe('that runs a smoke test', () => {
    const test: SmokeTest = { kind: 'command', command: 'npm run smoke', timeoutMs: 60_000 };
    let ended: PromiseWithResolvers<SmokeEnd>;
    let started: number;
    let print: (text: string) => void;

    beforeEach(() => {
      ended = Promise.withResolvers();
      started = 0;
    });

    const settings = (): Partial<RunbookSettings> => ({
      smokeTest: () => test,
      smokeTests: {
        run(_test, _target, printed, signal) {
          started++;
          print = printed;
          signal.addEventListener('abort', () => ended.resolve({ kind: 'killed', signal: 'SIGTERM' }));
          return ended.promise;
        },
      },
    });

    it('keeps its last lines and exit code, without colours and secrets', async () => {
      const running = smoke(place(settings()), see, stop.signal);
      print('\x1b[32mok\x1b[0m login\n');
      print('API_TOKEN=abcdef0123456789\n');
      await clock.advance(12_000);
      ended.resolve({ kind: 'exited', exitCode: 0 });
      cluster.store.dispose();
      const { state, summary, output, evidence } = await running;
      assert.deepEqual([state, summary], ['ok', 'passed in 12 s']);
      assert.equal(output, 'ok login\nAPI_TOKEN=[redacted]');
      assert.equal(evidence[0]?.text, 'npm run smoke: exit code 0 after 12 s');
      await clock.settle();
      assert.equal(clock.waiting, 0);
    });

    it('shows its last line while it runs, but not each of them', async () => {
      const running = smoke(place(settings()), see, stop.signal);
      for (let second = 0; second < 20; second++) {
        print(`test ${second}\n`);
        await clock.advance(1_000);
      }
      ended.resolve({ kind: 'exited', exitCode: 3 });
      assert.equal((await running).summary, 'exit code 3');
      assert.deepEqual(
        seen.map(({ detail }) => detail),
        ['npm run smoke', 'test 0', 'test 5', 'test 10', 'test 15'],
      );
    });

    it('ends it when its time is up, and when the step is stopped', async () => {
      const late = smoke(place(settings()), see, stop.signal);
      await clock.advance(60_000);
      assert.match((await late).evidence[0]?.text ?? '', /had not finished after 60 s/);
      ended = Promise.withResolvers();
      const stopped = smoke(place(settings()), see, stop.signal);
      stop.abort();
      assert.equal((await stopped).state, 'failed');
    });

    it('says why nothing was started, and what ended from outside', async () => {
      const failing = (end: SmokeEnd) => {
        ended = Promise.withResolvers();
        ended.resolve(end);
        return smoke(place(settings()), see, stop.signal);
      };
      const refused = await failing({ kind: 'notStarted', message: 'this workspace is not trusted.' });
      assert.equal(
        refused.evidence[0]?.text,
        'npm run smoke was not started: this workspace is not trusted.',
      );
      assert.equal((await failing({ kind: 'killed', signal: 'SIGKILL' })).summary, 'ended from outside');
      assert.equal((await failing({ kind: 'exited', exitCode: undefined })).state, 'warning');
    });

    it('starts nothing before a rollback is complete, and nothing where none is set', async () => {
      const open = await smoke(place(settings(), runState(target, [confirmed])), see, stop.signal);
      assert.deepEqual([open.state, open.summary, started], ['failed', 'not run', 0]);
      const unset = await smoke(place(), see, stop.signal);
      assert.equal(unset.state, 'notConfigured');
      assert.equal(unset.advice?.[0]?.action, 'configureSmokeTests');
    });
  });

  describe('that compares metrics', () => {
    const figure = { median: 100, high: 110, samples: 10 };
    const baseline = {
      from: 0,
      until: 0,
      samples: 10,
      figures: {
        errorLines: figure,
        latency: figure,
        cpu: { ...figure, high: 220 },
        memory: { ...figure, high: 1e9 },
      },
    };

    /** Samples every 12 s from the beginning, as time goes on. */
    async function told(seconds: number, changed = {}): Promise<void> {
      for (let at = 0; at < seconds; at += 12) {
        figures.tell({ ...sampleAt(0, changed), at: clock.now() });
        await clock.advance(12_000);
      }
    }

    it('says that there are too few data until the window suffices, then what they say', async () => {
      figures.baseline = baseline;
      figures.tell({ ...sampleAt(0, { latencyMs: 9000, failing: true }), at: start - 30_000 });
      const comparing = metrics(place(), see, stop.signal);
      await told(240);
      const { state, summary, evidence } = await comparing;
      assert.deepEqual([state, summary], ['ok', 'as before the failure']);
      assert.equal(
        seen.every(({ summary: words }) => words === 'too few data yet'),
        true,
      );
      assert.ok(seen.length > 3);
      assert.ok(evidence.some(({ text }) => text === 'Latency: 80 ms, before the failure up to 110 ms'));
      assert.equal(figures.held, 0);
    });

    it('takes no single bad sample for an answer, but a whole window of them', async () => {
      figures.baseline = baseline;
      const comparing = metrics(place(), see, stop.signal);
      await told(72, { latencyMs: 5000 });
      assert.equal(seen.at(-1)?.state, 'running');
      await told(180, { latencyMs: 5000 });
      assert.deepEqual((await comparing).state, 'failed');
    });

    it('ends with too few data after its limit, and says which', async () => {
      const comparing = metrics(place(), see, stop.signal);
      assert.equal(figures.held, 1);
      await clock.advance(8 * 60_000);
      const { state, summary, detail } = await comparing;
      assert.deepEqual([state, summary], ['warning', 'too few data']);
      assert.match(detail ?? '', /Ready pods: 0 of at least 8 samples/);
      assert.equal(figures.held, 0);
    });

    it('cannot tell before a rollback, and ends when it is stopped', async () => {
      const open = await metrics(place({}, runState(target, [])), see, stop.signal);
      assert.equal(open.summary, 'cannot be told');
      const comparing = metrics(place(), see, stop.signal);
      stop.abort();
      await comparing;
      assert.equal(figures.held, 0);
    });
  });

  describe('that counts error lines', () => {
    it('counts a minute at least, says what it was while it failed, and leads to the dashboard', async () => {
      for (let at = -120; at < 0; at += 12)
        figures.tell({ ...sampleAt(0, { errorLines: 60, failing: true }), at: start + at * 1000 });
      const counting = errorRate(place({ hasDashboard: () => true }), see, stop.signal);
      for (let look = 0; look < 8; look++) {
        figures.tell({ ...sampleAt(0, { errorLines: 0 }), at: clock.now() });
        await clock.advance(12_000);
      }
      const { state, summary, advice } = await counting;
      assert.deepEqual([state, summary], ['ok', '0 / min, was 60']);
      assert.deepEqual(
        advice?.map(({ action }) => action),
        ['openDashboard'],
      );
      assert.match(seen.at(-1)?.detail ?? '', /^Counted \d+ s of at least 60 s/);
    });
  });
});
