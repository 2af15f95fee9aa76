import assert from 'node:assert/strict';
import fc from 'fast-check';

import { LogPosition } from '../../../../src/domain/logs/position.ts';
import type { StampedLine } from '../../../../src/domain/logs/split.ts';

function line(ms: number, text: string): StampedLine {
  return { at: new Date(ms).toISOString().replace('Z', '000000Z'), text, omittedBytes: 0 };
}

/** What a server sends of a log from the position's second on. */
function served(log: readonly StampedLine[], position: LogPosition, tailLines: number): StampedLine[] {
  const { sinceTime } = position;
  if (sinceTime === undefined) return log.slice(-tailLines);
  return log.filter(({ at = '' }) => at >= `${sinceTime.slice(0, 19)}.`);
}

describe('a position in a log', () => {
  it('loses and doubles no line, however often and wherever the connection is cut', () => {
    const event = fc.record({ step: fc.integer({ min: 0, max: 1500 }), text: fc.constantFrom('a', 'b') });
    const cuts = fc.array(fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 60 }),
        cuts,
        fc.integer({ min: 1, max: 60 }),
        (events, reads, tail) => {
          let ms = 0;
          const log = events.map(({ step, text }) => line((ms += step), text));
          const position = new LogPosition();
          const seen: StampedLine[] = [];
          for (const count of [...reads, Infinity]) {
            if (position.lastSecond !== undefined) position.resume();
            seen.push(
              ...served(log, position, tail)
                .slice(0, count)
                .filter((next) => position.accept(next)),
            );
          }
          // Lines of the tail's first instant cannot be told from those just before it.
          const first = log.slice(-tail)[0]?.at ?? '';
          assert.deepEqual(
            seen.filter(({ at = '' }) => at > first),
            log.filter(({ at = '' }) => at > first),
          );
        },
      ),
    );
  });

  it('leaves out the lines of the first second before its start', () => {
    const position = new LogPosition('1970-01-01T00:00:01.500Z');
    assert.equal(position.sinceTime, '1970-01-01T00:00:01Z');
    assert.equal(position.accept(line(1499, 'before')), false);
    assert.equal(position.accept(line(1500, 'after')), true);
  });

  it('knows a line again that was logged twice in one instant, twice', () => {
    const position = new LogPosition();
    assert.deepEqual(
      [1, 2].map(() => position.accept(line(7, 'same'))),
      [true, true],
    );
    position.resume();
    assert.deepEqual(
      [1, 2, 3].map(() => position.accept(line(7, 'same'))),
      [false, false, true],
    );
  });

  const step = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 1500 }) },
    // The node's clock is set back, or leaps ahead.
    { weight: 1, arbitrary: fc.integer({ min: -20_000, max: 20_000 }) },
  );
  const happening = fc.oneof(
    { weight: 5, arbitrary: fc.record({ write: step, text: fc.constantFrom('a', 'b') }) },
    { weight: 3, arbitrary: fc.record({ read: fc.integer({ min: 1, max: 8 }) }) },
    { weight: 1, arbitrary: fc.constant({ rotate: true as const }) },
    { weight: 2, arbitrary: fc.constant({ cut: true as const }) },
  );

  it('loses no line silently and doubles none, whatever is cut, rotated and set back', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
        const { log, seen, missed, lost } = carriedOut(happenings);
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
          'in the order of the log',
        );
        assert.equal(new Set(seen).size, seen.length, 'none doubled');
        for (const index of log.keys()) {
          if (seen.includes(index) || index < (seen[0] ?? Infinity) || index > (seen.at(-1) ?? -1)) continue;
          assert.ok(
            missed.some((before) => before > index && !seen.some((s) => s > index && s < before)),
            `line ${index} is missing and no gap stands there`,
          );
        }
        // A file that was rotated after its clock was set back shows where it goes on only once the clock has caught up.
        const isSetBack = happenings.some((one) => 'write' in one && one.write < 0);
        if (lost === 0 && !isSetBack) assert.deepEqual(seen, [...log.keys()]);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells no gap where no file was rotated', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
        const { log, seen, missed } = carriedOut(happenings.filter((one) => !('rotate' in one)));
        assert.deepEqual(missed, []);
        assert.deepEqual(seen, [...log.keys()]);
      }),
      { numRuns: 2000 },
    );
  });
});

type Happening =
  | { readonly write: number; readonly text: string }
  | { readonly read: number }
  | { readonly rotate: true }
  | { readonly cut: true };

/** Plays a log and its reader, who in the end reads what there is. Lines are told by their index. */
function carriedOut(happenings: readonly Happening[]) {
  let ms = 1_000_000;
  let nanosecond = 0;
  const log: StampedLine[] = [];
  /** Where the present file begins; what of older ones was not read is lost to a reader who connects anew. */
  let file = 0;
  let lost = 0;
  const position = new LogPosition();
  let connection: number[] | undefined;
  let delivered = 0;
  const seen: number[] = [];
  const missed: number[] = [];
  const indices = (from: number) => [...log.keys()].slice(from);
  const read = (count: number): void => {
    if (connection === undefined) {
      const { sinceTime } = position;
      if (position.lastSecond !== undefined) {
        position.interrupted();
        position.resume();
      }
      if (delivered < file) lost++;
      connection = indices(file).filter(
        (i) => sinceTime === undefined || (log[i]?.at ?? '') >= `${sinceTime.slice(0, 19)}.`,
      );
    }
    for (const index of connection.splice(0, count)) {
      const line = log[index];
      if (line === undefined) continue;
      if (position.misses(line)) missed.push(index);
      if (position.accept(line)) seen.push(index);
      delivered = index + 1;
    }
  };
  for (const happening of happenings) {
    if ('write' in happening) {
      // The clock is set back while somebody reads: what a server is asked for otherwise, it leaves out.
      const isReading = connection !== undefined && log.length === delivered;
      if (happening.write < 0 && (!isReading || seen.length === 0)) continue;
      ms = Math.max(0, ms + happening.write);
      // Runtimes never give two lines of a file one stamp.
      const at = new Date(ms).toISOString().replace('Z', `${String(++nanosecond).padStart(6, '0')}Z`);
      log.push({ at, text: happening.text, omittedBytes: 0 });
      connection?.push(log.length - 1);
      if (happening.write < 0) read(1);
    } else if ('read' in happening) read(happening.read);
    else if ('rotate' in happening) file = log.length;
    else connection = undefined;
  }
  read(Infinity);
  return { log, seen, missed, lost };
}
