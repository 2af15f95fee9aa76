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
});
