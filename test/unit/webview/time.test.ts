import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareTimes, firstNotBefore } from '../../../src/webview/log/time-order.ts';
import {
  counted,
  durationTaken,
  elapsedTime,
  localTime,
  localTimeWithMillis,
} from '../../../src/webview/time-format.ts';

describe('times as text', () => {
  it('are local, with milliseconds cut off from nanoseconds', () => {
    const local = new Date(2026, 4, 9, 3, 0, 24, 101);
    const at = local.toISOString().replace('101Z', '101999999Z');
    assert.equal(localTime(at), '03:00:24');
    assert.equal(localTimeWithMillis(at), '03:00:24.101');
    assert.equal(localTime('never'), 'never');
  });
  it('elapse in fixed columns', () => {
    assert.equal(elapsedTime(0, 161_900), '02:41');
    assert.equal(elapsedTime(0, 3_761_000), '1:02:41');
    assert.equal(elapsedTime(0, 273_900_000), '3 d 04:05');
    assert.equal(elapsedTime(5_000, 0), '00:00');
  });
  it('say how long something took', () => {
    assert.equal(durationTaken('2026-05-09T03:00:00Z', '2026-05-09T03:00:00.4Z'), '0.4 s');
    assert.equal(durationTaken('2026-05-09T03:00:00Z', '2026-05-09T03:01:05Z'), '01:05');
  });
  it('count in words', () => {
    assert.equal(counted(1, 'line'), '1 line');
    assert.equal(counted(1217, 'line'), '1,217 lines');
  });
});

describe('compareTimes', () => {
  const written = (second: number, nanos: number, digits: number): string =>
    `2026-05-09T03:00:${String(second).padStart(2, '0')}.${String(nanos).padStart(9, '0').slice(0, digits)}Z`;

  it('orders by nanoseconds, however many digits are written', () => {
    assert.ok(compareTimes('2026-05-09T03:00:00.5Z', '2026-05-09T03:00:00.51Z') < 0);
    assert.ok(compareTimes('2026-05-09T03:00:00Z', '2026-05-09T03:00:00.000000001Z') < 0);
    assert.equal(compareTimes('2026-05-09T03:00:00Z', '2026-05-09T03:00:00.000Z'), 0);
    assert.equal(compareTimes('2026-05-09T03:00:00.5Z', '2026-05-09T03:00:00.500Z'), 0);
  });
  it('agrees with numbers', () => {
    const time = fc.tuple(fc.nat(59), fc.nat(999_999_999), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(time, time, (a, b) => {
        const value = ([second, nanos, digits]: typeof a): number =>
          second * 1e9 + Math.floor(nanos / 10 ** (9 - digits)) * 10 ** (9 - digits);
        assert.equal(Math.sign(compareTimes(written(...a), written(...b))), Math.sign(value(a) - value(b)));
      }),
    );
  });
  it('finds the first entry that is not earlier', () => {
    const entries = ['2026-05-09T03:00:00Z', '2026-05-09T03:00:01Z', '2026-05-09T03:00:02Z'].map((at) => ({
      at,
    }));
    assert.equal(firstNotBefore(entries, '2026-05-09T03:00:00.5Z'), 1);
    assert.equal(firstNotBefore(entries, '2026-05-09T03:00:09Z'), 3);
  });
});
