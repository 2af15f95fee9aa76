import assert from 'node:assert/strict';
import fc from 'fast-check';

import { countedErrors, errorLooks, returnedErrors } from '../../../../src/domain/figures/error-looks.ts';
import { errorRateCheck, errorRatesOf } from '../../../../src/domain/runbook/figure-checks.ts';
import { sampleAt, samplesFrom } from './samples.ts';

const at = '2026-01-01T00:00:00Z';
const baseline = {
  from: 0,
  until: 0,
  samples: 5,
  figures: { errorLines: { median: 2, high: 4, samples: 5 } },
};

describe('looks at the logs', () => {
  it('count from the look before, over samples in which nothing was counted', () => {
    const looks = errorLooks([
      sampleAt(60, { errorLines: 3 }),
      sampleAt(75, { errorLines: undefined }),
      sampleAt(90, { errorLines: 6 }),
    ]);
    assert.deepEqual(
      looks.map(({ from, at: until }) => [from, until]),
      [
        [0, 60_000],
        [60_000, 90_000],
      ],
    );
    assert.deepEqual(countedErrors(looks), { perMinute: 4, highest: 6, looks: 2, ms: 90_000 });
    assert.equal(countedErrors([]), undefined);
  });

  it('together give a rate between the lowest and the highest of them', () => {
    const samples = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 90 }), lines: fc.nat(500) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(samples, (some) => {
        let seconds = 100;
        const looks = errorLooks(
          some.map(({ gap, lines }) => sampleAt((seconds += gap), { errorLines: lines })),
        );
        const count = countedErrors(looks);
        const rates = some.map(({ lines }) => lines);
        assert.ok(count !== undefined && count.highest === Math.max(...rates));
        assert.ok(count.perMinute <= count.highest + 1e-6 && count.perMinute >= Math.min(...rates) - 1e-6);
      }),
    );
  });
});

describe('the return of errors', () => {
  const looks = (errorLines: number, count: number) => errorLooks(samplesFrom(60, count, { errorLines }));
  const failing = { perMinute: 100, highest: 200, looks: 4, ms: 60_000 };

  it('is more than before the failure, over a whole minute', () => {
    assert.equal(returnedErrors(looks(6, 6), baseline, undefined), undefined);
    assert.equal(returnedErrors(looks(7, 6), baseline, undefined)?.most, 6);
    assert.equal(returnedErrors(looks(700, 6).slice(1, 3), baseline, undefined), undefined);
  });

  it('is half of what it was while it failed, where nothing is known from before', () => {
    assert.equal(returnedErrors(looks(49, 6), undefined, failing), undefined);
    assert.equal(returnedErrors(looks(51, 6), undefined, failing)?.most, 50);
    assert.equal(returnedErrors(looks(2, 6), undefined, undefined)?.most, 1);
  });

  it('is over when the newest minute is quiet', () => {
    const samples = [...samplesFrom(60, 8, { errorLines: 50 }), ...samplesFrom(180, 6, { errorLines: 0 })];
    assert.equal(returnedErrors(errorLooks(samples), baseline, failing), undefined);
  });
});

describe('the error rate since a rollback', () => {
  const failed = samplesFrom(0, 8, { errorLines: 90, failing: true });
  const check = (errorLines: number | undefined, known = false) => {
    const samples = [...failed, ...samplesFrom(180, 8, { errorLines })];
    const times = { confirmed: 150_000, since: 180_000 };
    return errorRateCheck(errorRatesOf(errorLooks(samples), times, known ? baseline : undefined), at);
  };

  it('stands beside the rate while it failed', () => {
    const { state, summary, evidence } = check(0);
    assert.deepEqual([state, summary], ['ok', '0 / min, was 90']);
    assert.match(
      evidence.map(({ text }) => text).join('\n'),
      /^Since the rollback: 0 .*\nWhile it failed: 90 /,
    );
  });

  it('is good where it is as before the failure, and not good where it is more', () => {
    assert.equal(check(5, true).state, 'ok');
    assert.equal(check(9, true).state, 'failed');
  });

  it('is for a person to judge where nothing is known of before, but not where it has hardly fallen', () => {
    assert.equal(check(9).state, 'warning');
    assert.equal(check(80).state, 'failed');
  });

  it('is not known where the logs could not be read', () => {
    assert.deepEqual([check(undefined).state, check(undefined).summary], ['warning', 'too few data']);
  });
});
