import assert from 'node:assert/strict';
import { baselineOf } from '../../../../src/domain/figures/baseline.ts';
import type { FigureSample } from '../../../../src/domain/figures/sample.ts';
import type { FigureModel } from '../../../../src/shared/panel-model.ts';
import type { PanelFigures, PanelInput } from '../../../../src/views/panel/facts.ts';
import { applied, confirmed, intended } from '../../domain/runbook/run-events.ts';
import { sampleAt } from '../../domain/figures/samples.ts';
import { degraded, panel, returned } from './panel-input.ts';

const now = Date.parse('2026-01-01T00:10:00Z');
const healthy = baselineOf(
  [0, 60, 120].map((second) => sampleAt(second)),
  Infinity,
);

/** Samples every 15 s up to now; `bad` while before the rollback. */
function recorded(markAt: number, bad: Partial<FigureSample>, good: Partial<FigureSample>): PanelFigures {
  const samples = Array.from({ length: 40 }, (_, i) => {
    const at = now - (39 - i) * 15_000;
    return { ...sampleAt(0, at < markAt ? bad : good), at };
  });
  return { samples, baseline: healthy, usageMissing: undefined };
}

function figure(
  id: string,
  changes: Partial<PanelInput>,
  events: Parameters<typeof panel>[0] = [],
): FigureModel {
  const found = panel(events, changes).figures.find((one) => one.id === id);
  assert.ok(found);
  return found;
}

describe('the figures of the panel', () => {
  const health = { state: 'ok', summary: '200 · 84 ms', evidence: [] } as const;

  it('say, while it fails, what each was before the failure', () => {
    const figures = recorded(now + 1, { errorLines: 212, failing: true }, {});
    const errors = figure('errorLines', { figures, health });
    assert.deepEqual(
      [errors.value, errors.note, errors.tone, errors.hint],
      ['212', 'was 2', 'failed', '2 before the failure'],
    );
    assert.equal(errors.course?.markX, undefined);
    assert.match(errors.course?.words ?? '', /^between 212 and 212 in 10 min$/);
    assert.equal(figure('latency', { figures, health }).value, '84 ms');
  });

  it('say, once it is rolled back, what each was then, with the rollback marked on all at one place', () => {
    const events = [confirmed, intended, applied];
    const markAt = Date.parse(applied.at);
    const at = new Date(markAt + 120_000).toISOString();
    const samples = Array.from({ length: 40 }, (_, i) => {
      const time = markAt + 120_000 - (39 - i) * 15_000;
      return {
        ...sampleAt(0, time < markAt ? { errorLines: 212, restarts: 9 } : { restarts: 11 }),
        at: time,
      };
    });
    const figures = { samples, baseline: healthy, usageMissing: undefined };
    const changes = { figures, health, records: returned, now: at };
    const errors = figure('errorLines', changes, events);
    assert.deepEqual([errors.value, errors.note], ['2', 'was 212']);
    assert.equal(errors.hint, '212 at the rollback; 2 before the failure');
    assert.equal(figure('restarts', changes, events).note, '+0 since');
    const marks = panel(events, changes).figures.map(({ course }) => course?.markX);
    assert.equal(new Set(marks).size, 1);
    assert.ok((marks[0] ?? 0) > 0);
  });

  it('show nothing from before the rollback as what is', () => {
    const markAt = Date.parse(applied.at);
    const samples = [{ ...sampleAt(0, { errorLines: 212 }), at: markAt - 5_000 }];
    const figures = { samples, baseline: undefined, usageMissing: undefined };
    const changes = { figures, health, records: returned, now: new Date(markAt + 5_000).toISOString() };
    const errors = figure('errorLines', changes, [confirmed, intended, applied]);
    assert.deepEqual([errors.value, errors.note], ['–', 'was 212']);
  });

  it('say what is not there instead of a line, and what to do about it', () => {
    const figures = {
      ...recorded(0, {}, { cpuMilli: undefined, memoryBytes: undefined, latencyMs: undefined }),
      usageMissing: 'no metrics-server',
    };
    const notConfigured = { state: 'notConfigured', summary: 'not configured', evidence: [] } as const;
    const latency = figure('latency', { figures, health: notConfigured });
    assert.deepEqual([latency.value, latency.note], ['–', 'not configured']);
    assert.equal(latency.action?.action, 'configureEndpoints');
    assert.equal(latency.course, undefined);
    const cpu = figure('cpu', { figures, health });
    assert.deepEqual([cpu.value, cpu.note, cpu.course], ['–', 'no metrics-server', undefined]);
    assert.match(cpu.hint ?? '', /metrics\.k8s\.io/);
  });

  it('never guess: what was not recorded before is unknown, and what is old is not shown as new', () => {
    const figures = { ...recorded(0, {}, {}), baseline: undefined };
    const cpu = figure('cpu', { figures, health });
    assert.deepEqual([cpu.value, cpu.note], ['200m', '']);
    assert.equal(cpu.hint, 'unknown before the failure: nothing was recorded');
    const later = new Date(now + 3_600_000).toISOString();
    assert.equal(figure('cpu', { figures, health, now: later }).value, '–');
  });

  it('show a number that failed as such', () => {
    const failed = { state: 'failed', summary: '503 · 12 ms', evidence: [] } as const;
    const latency = figure('latency', { figures: recorded(0, {}, {}), health: failed, records: degraded });
    assert.deepEqual([latency.value, latency.note, latency.tone], ['503', '12 ms', 'failed']);
  });
});
