import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';

import { baselineOf } from '../../../../src/domain/figures/baseline.ts';
import { normalizationRule as rule } from '../../../../src/domain/figures/normalization-rule.ts';
import { normalized } from '../../../../src/domain/figures/normalized.ts';
import type { FigureSample } from '../../../../src/domain/figures/sample.ts';
import { stateBefore } from '../../../../src/domain/figures/state-before.ts';
import { sampleAt, samplesFrom } from './samples.ts';

const before = samplesFrom(-600, 20);
const baseline = baselineOf(before, 0);
const unseen = { cpuMilli: undefined, memoryBytes: undefined, errorLines: undefined, latencyMs: undefined };

function figure(since: readonly FigureSample[], id: string): string | undefined {
  return normalized(since, baseline).perFigure.find((one) => one.id === id)?.state;
}

describe('figures after a rollback', () => {
  it('are normal where they are as before the failure for the whole window', () => {
    const { state, words } = normalized(samplesFrom(0, 30), baseline);
    assert.equal(state, 'ok');
    assert.match(words, /^As before the failure, over the last 5 min\./);
    assert.match(words, /CPU: 200m, before the failure up to 200m/);
  });

  it('are too few at first, and what comes right after the rollback does not count', () => {
    const storm = samplesFrom(0, 4, { errorLines: 900, latencyMs: 4000 });
    assert.equal(normalized([], baseline).state, 'tooFewData');
    assert.equal(normalized(storm, baseline).state, 'tooFewData');
    assert.equal(normalized([...storm, ...samplesFrom(60, 20)], baseline).state, 'ok');
  });

  it('are not normal while pods are missing, restart, log errors, answer late or not at all, or use far more', () => {
    const cases: Record<string, Partial<FigureSample>> = {
      ready: { ready: 2 },
      errorLines: { errorLines: 30 },
      latency: { latencyMs: 400 },
      cpu: { cpuMilli: 900 },
      memory: { memoryBytes: 900 * 1024 * 1024 },
    };
    for (const [id, changed] of Object.entries(cases)) {
      assert.equal(figure(samplesFrom(0, 30, changed), id), 'failed', id);
      assert.equal(normalized(samplesFrom(0, 30, changed), baseline).state, 'failed', id);
    }
    const restarted = [...samplesFrom(0, 15), ...samplesFrom(225, 15, { restarts: 5 })];
    assert.equal(figure(restarted, 'restarts'), 'failed');
    const silent = [...samplesFrom(0, 29), sampleAt(435, { latencyMs: undefined, answered: false })];
    assert.equal(figure(silent, 'latency'), 'failed');
  });

  it('whose restarts fall because a pod goes are no restarts', () => {
    const fewer = [...samplesFrom(0, 15), ...samplesFrom(225, 15, { restarts: 0 })];
    assert.equal(figure(fewer, 'restarts'), 'ok');
  });

  it('cannot be judged where nothing was recorded before', () => {
    const { state, words } = normalized(samplesFrom(0, 30), undefined);
    assert.equal(state, 'noBaseline');
    assert.match(words, /^Unknown: nothing was recorded before the failure/);
    const onlyPods = normalized(samplesFrom(0, 30, unseen), undefined);
    assert.equal(onlyPods.words, 'Unknown: nothing was recorded before the failure.');
  });

  it('that are never measured say nothing', () => {
    const withoutMetrics = { cpuMilli: undefined, memoryBytes: undefined };
    const known = baselineOf(samplesFrom(-600, 20, withoutMetrics), 0);
    const { state, perFigure } = normalized(samplesFrom(0, 30, withoutMetrics), known);
    assert.equal(state, 'ok');
    assert.equal(perFigure.find(({ id }) => id === 'cpu')?.state, 'notMeasured');
  });

  it('that were measured before and are not now are too few', () => {
    assert.equal(normalized(samplesFrom(0, 30, { cpuMilli: undefined }), baseline).state, 'tooFewData');
  });

  const seen = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined });
  const sample = fc.record({
    ready: fc.option(fc.nat(5), { nil: undefined }),
    restarts: fc.option(fc.nat(5), { nil: undefined }),
    cpuMilli: seen,
    memoryBytes: seen,
    errorLines: seen,
    latencyMs: seen,
  });
  const samples = fc.array(sample, { maxLength: 40 });

  it('are never said to be normal with fewer samples than the rule asks for, nor without a state before', () => {
    fc.assert(
      fc.property(samples, samples, (sinces, befores) => {
        const since = sinces.map((changed, i) => sampleAt(i * 15, changed));
        const known = baselineOf(
          befores.map((changed, i) => sampleAt(-900 + i * 15, changed)),
          0,
        );
        const { state, perFigure } = normalized(since, known);
        const counted = since.filter(({ at }) => at >= rule.settleMs).length;
        if (counted < rule.samples || known === undefined) assert.notEqual(state, 'ok');
        if (perFigure.some((one) => one.state === 'failed')) assert.equal(state, 'failed');
        if (state === 'ok')
          assert.ok(perFigure.every((one) => one.state === 'ok' || one.state === 'notMeasured'));
      }),
    );
  });

  it('never become worse by being lower', () => {
    const lower = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e4, noNaN: true }), lower, (value, part) => {
        const of = (cpuMilli: number) => figure(samplesFrom(0, 30, { cpuMilli }), 'cpu');
        if (of(value) === 'ok') assert.equal(of(value * part), 'ok');
      }),
    );
  });

  it('are judged by the rule that the documentation tells', async () => {
    const text = (await readFile('docs/metrics-rule.md', 'utf8')).replace(/\s+/g, ' ');
    const { tolerance } = rule;
    for (const words of [
      `the newest ${rule.windowMs / 60_000} minutes`,
      `the first ${rule.settleMs / 1000} s`,
      `at least ${rule.samples} samples`,
      `over at least ${rule.spanMs / 60_000} minutes`,
      `fewer than ${rule.baselineSamples} samples`,
      `| Error lines per minute | ${tolerance.errorLines.factor} | ${tolerance.errorLines.more} |`,
      `| Latency | ${tolerance.latency.factor} | ${tolerance.latency.more} ms |`,
      `| CPU | ${tolerance.cpu.factor} | ${tolerance.cpu.more}m |`,
      `| Memory | ${tolerance.memory.factor} | ${tolerance.memory.more / 1024 / 1024} MiB |`,
    ])
      assert.ok(text.includes(words), words);
  });
});

describe('the state before a failure', () => {
  it('is made from healthy samples before it alone', () => {
    const known = baselineOf(
      [sampleAt(0, { cpuMilli: 100 }), sampleAt(15, { cpuMilli: 900, failing: true }), sampleAt(30)],
      20_000,
    );
    assert.deepEqual(known?.figures.cpu, { median: 100, high: 100, samples: 1 });
    assert.equal(known?.samples, 1);
  });

  it('is unknown where nothing was seen before, and has no figure that was not seen', () => {
    assert.equal(baselineOf([sampleAt(10)], 5_000), undefined);
    assert.equal(baselineOf([sampleAt(1, { cpuMilli: undefined })], 5_000)?.figures.cpu, undefined);
  });

  it('is told in words with what was not recorded, or as unknown', () => {
    assert.deepEqual(stateBefore(baselineOf(samplesFrom(0, 3, { cpuMilli: undefined }), 60_000)), {
      isKnown: true,
      words:
        'Ready pods 3, Restarts 4, Error lines / min 2, Latency 80 ms, Memory 400Mi (the middle of 3 samples). Not recorded: CPU.',
      from: 0,
      until: 30_000,
    });
    assert.equal(stateBefore(undefined).words, 'Unknown: nothing was recorded before the failure.');
  });
});
