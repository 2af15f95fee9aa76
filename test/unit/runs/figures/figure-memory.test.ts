import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FigureMemory } from '../../../../src/runs/figures/figure-memory.ts';
import { FigureMemoryFile } from '../../../../src/runs/figures/figure-memory-file.ts';
import { sampleAt } from '../../domain/figures/samples.ts';
import { VirtualClock } from '../../virtual-clock.ts';

const revision = { uid: 'rs-7', templateHash: 'abc' };
const other = { uid: 'rs-8', templateHash: 'def' };

describe('the memory of figures', () => {
  let folder: string;
  let path: string;
  let clock: VirtualClock;
  const untold = (error: unknown) => assert.fail(String(error));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'figures-'));
    path = join(folder, 'deep', 'figures.json');
    clock = new VirtualClock();
  });

  afterEach(() => rm(folder, { recursive: true }));

  function memory(): FigureMemory {
    return new FigureMemory(clock, new FigureMemoryFile(path), untold);
  }

  it('gives the state before a time, of the revisions asked for, across a reload', async () => {
    const first = memory();
    for (let minute = 0; minute < 10; minute++)
      first.note(revision, sampleAt(minute * 60, { latencyMs: 80 + minute, cpuMilli: undefined }));
    first.note(other, sampleAt(0, { latencyMs: 9000 }));
    await first.dispose();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const second = memory();
    await second.dispose();
    const state = second.before([revision], 300_000);
    assert.deepEqual(state?.figures.latency, { median: 82, high: 84, samples: 5 });
    assert.equal(state?.figures.cpu, undefined);
    assert.equal(state?.until, 240_000);
    assert.equal(second.before([revision], 0), undefined);
    assert.equal(second.before([{ uid: 'rs-9', templateHash: 'x' }], 300_000), undefined);
  });

  it('keeps one sample a minute and an hour of them', async () => {
    const one = memory();
    for (let second = 0; second < 3 * 3600; second += 15) one.note(revision, sampleAt(second));
    assert.equal(one.before([revision], Infinity)?.samples, 60);
    assert.equal(one.before([revision], Infinity)?.from, 2 * 3_600_000);
    await one.dispose();
  });

  it('joins what two windows have seen', async () => {
    const [one, two] = [memory(), memory()];
    one.note(revision, sampleAt(0));
    two.note(revision, sampleAt(90));
    await one.dispose();
    await two.dispose();
    const both = memory();
    await both.dispose();
    assert.equal(both.before([revision], Infinity)?.samples, 2);
  });

  it('begins anew with a file that is torn or not ours', async () => {
    await memory().dispose();
    const one = memory();
    one.note(revision, sampleAt(0));
    await one.dispose();
    for (const text of ['{"version":1,"revis', '[]', '{"revisions":{"a":[["x"],7,[null]]}}']) {
      await writeFile(path, text);
      const read = memory();
      await read.dispose();
      assert.equal(read.before([revision], Infinity), undefined);
    }
  });
});
