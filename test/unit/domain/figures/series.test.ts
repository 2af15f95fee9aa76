import assert from 'node:assert/strict';
import fc from 'fast-check';

import { downsampled, type FigureSeries, newest, seriesOf } from '../../../../src/domain/figures/series.ts';
import { sparkline } from '../../../../src/domain/figures/sparkline.ts';
import { sampleAt } from './samples.ts';

const points = fc
  .array(
    fc.record({
      step: fc.integer({ min: 1, max: 60_000 }),
      value: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 300 },
  )
  .map((steps): FigureSeries => {
    let at = 0;
    return steps.map(({ step, value }) => ({ at: (at += step), value }));
  });

describe('a figure over time', () => {
  it('has what was seen, and 0 only where 0 was seen', () => {
    const series = seriesOf(
      [sampleAt(0, { errorLines: 0 }), sampleAt(15, { errorLines: undefined })],
      'errorLines',
    );
    assert.deepEqual(series, [
      { at: 0, value: 0 },
      { at: 15_000, value: undefined },
    ]);
    assert.deepEqual(newest(series), { at: 0, value: 0 });
  });

  it('of fewer points keeps its lowest and its highest, their order, and no more than asked for', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 2, max: 60 }), (series, half) => {
        const fewer = downsampled(series, half * 2);
        assert.ok(fewer.length <= half * 2 || fewer.length === series.length);
        assert.deepEqual(
          fewer,
          fewer.toSorted((a, b) => a.at - b.at),
        );
        assert.ok(fewer.every((point) => series.includes(point)));
        const seen = (of: FigureSeries) =>
          of.map(({ value }) => value).filter((value) => value !== undefined);
        assert.equal(Math.max(...seen(fewer)), Math.max(...seen(series)));
        assert.equal(Math.min(...seen(fewer)), Math.min(...seen(series)));
      }),
    );
  });

  it('is drawn within its frame', () => {
    const frame = { width: 100, height: 30, from: 0, until: 1_000_000, markAt: 500_000 };
    fc.assert(
      fc.property(points, (series) => {
        const { line, markX } = sparkline(series, frame);
        assert.equal(markX, 50);
        for (const [, x, y] of line.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)) {
          assert.ok(Number(x) >= 0 && Number(x) <= 100, line);
          assert.ok(Number(y) >= 1.5 && Number(y) <= 28.5, line);
        }
      }),
    );
  });

  it('has a gap where nothing was seen and after a pause, and a dot for a single point', () => {
    const frame = { width: 100, height: 30, from: 0, until: 100_000 };
    const series = [
      { at: 0, value: 0 },
      { at: 10_000, value: 3 },
      { at: 20_000, value: undefined },
      { at: 30_000, value: 3 },
      { at: 100_000, value: 0 },
    ];
    assert.equal(sparkline(series, frame).line, 'M0 28.5h0L10 1.5M30 1.5h0M100 28.5h0');
    assert.equal(sparkline([], frame).line, '');
    assert.equal(sparkline(series, { ...frame, markAt: 200_000 }).markX, undefined);
  });
});
