import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureSample } from '../../../../src/domain/figures/sample.ts';
import { JournalFile } from '../../../../src/runs/journal-file.ts';
import { keptFigures, RunFigures } from '../../../../src/runs/figures/run-figures.ts';
import { Run } from '../../../../src/runs/run.ts';
import { applied, complete, confirmed, target } from '../../domain/runbook/run-events.ts';
import { VirtualClock } from '../../virtual-clock.ts';
import { identity } from '../run-identity.ts';

const minute = 60_000;

describe('the figures that are kept with a run', () => {
  let folder: string;
  let clock: VirtualClock;
  let run: Run;
  let samples: readonly FigureSample[];
  let told: () => void;
  let kept: RunFigures;
  const faults: unknown[] = [];
  const figures = {
    recorded: () => ({ samples, baseline: undefined, usageMissing: undefined }),
    onDidChange: (listener: () => void) => {
      told = listener;
      return { dispose: () => (told = () => undefined) };
    },
  };
  const open = () => new RunFigures(run, figures, join(folder, 'run'), clock, (error) => faults.push(error));
  const kinds = async () => (await keptFigures(join(folder, 'run'))).map(({ restarts }) => restarts);
  /** A sample whose restarts are its number. */
  const sample = (at: number, restarts: number): FigureSample => ({
    at,
    ready: 3,
    desired: 3,
    restarts,
    cpuMilli: undefined,
    memoryBytes: undefined,
    errorLines: 2,
    latencyMs: 84,
    answered: true,
    failing: false,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-figures-'));
    clock = new VirtualClock();
    run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    samples = [sample(clock.now() - 40 * minute, 0), sample(clock.now() - minute, 1), sample(clock.now(), 2)];
    kept = open();
  });
  afterEach(async () => {
    await kept.dispose();
    assert.deepEqual(faults, []);
    await rm(folder, { recursive: true });
  });

  it('are none of a run in which nothing was decided', async () => {
    told();
    await kept.store();
    assert.deepEqual(await kinds(), []);
  });

  it('begin half an hour before the run, once a rollback is confirmed', async () => {
    await run.record(confirmed);
    told();
    await kept.store();
    assert.deepEqual(await kinds(), [1, 2]);
  });

  it('go on after a reload with what was kept before it', async () => {
    await run.record(confirmed);
    await kept.dispose();
    samples = [sample(clock.now() + minute, 3)];
    kept = open();
    await kept.store();
    assert.deepEqual(await kinds(), [1, 2, 3]);
  });

  it('end with the run, whatever is recorded later', async () => {
    for (const event of [confirmed, applied, complete]) await run.record(event);
    await run.record({ kind: 'signedOff', by: 'jane', note: '' });
    samples = [...samples, sample(clock.now() + minute, 3)];
    await kept.dispose();
    assert.deepEqual(await kinds(), [1, 2]);
  });

  it('are thinned out where there are more than a picture can show; the newest stays', async () => {
    samples = Array.from({ length: 5_000 }, (_, i) => sample(clock.now() + i * 12_000, i));
    await run.record(confirmed);
    await kept.store();
    const all = await kinds();
    assert.ok(all.length > 1_000 && all.length <= 2_000, String(all.length));
    assert.equal(all.at(-1), 4_999);
  });
});
