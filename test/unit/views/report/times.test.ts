import assert from 'node:assert/strict';
import { duration, offsetWords, utcTime, zonedTime } from '../../../../src/views/report/times.ts';

describe('times of a report', () => {
  const clock = (offset: number) => ({ now: 0, offsetMinutes: () => offset });

  it('are in the person’s zone, with how far it is from UTC', () => {
    assert.equal(zonedTime('2026-05-09T23:01:02.900Z', clock(120)), '2026-05-10 01:01:02 +02:00');
    assert.equal(zonedTime('2026-05-09T01:00:00Z', clock(-570)), '2026-05-08 15:30:00 -09:30');
    assert.equal(zonedTime(0, clock(0)), '1970-01-01 00:00:00 +00:00');
    assert.equal(zonedTime('soon', clock(0)), 'unknown time');
    assert.equal(offsetWords(345), '+05:45');
    assert.equal(utcTime(Date.UTC(2026, 4, 9, 7)), '2026-05-09T07:00:00Z');
  });

  it('are apart by a duration in at most two units', () => {
    const begun = '2026-05-09T00:00:00.000Z';
    const after = (seconds: number) =>
      duration(begun, new Date(Date.parse(begun) + seconds * 1000).toISOString());
    assert.deepEqual([0, 0.4, 59, 60, 134, 3_599, 3_600, 3_900, 86_399, 86_400, 97_200].map(after), [
      '0 s',
      '0 s',
      '59 s',
      '1 min 0 s',
      '2 min 14 s',
      '59 min 59 s',
      '1 h 00 min',
      '1 h 05 min',
      '23 h 59 min',
      '1 d 0 h',
      '1 d 3 h',
    ]);
  });

  it('have no duration between them where one is missing, or where they do not follow', () => {
    const [early, late] = ['2026-05-09T00:00:00Z', '2026-05-09T00:01:00Z'];
    assert.equal(duration(undefined, late), undefined);
    assert.equal(duration(early, undefined), undefined);
    assert.equal(duration(late, early), undefined);
  });
});
