import assert from 'node:assert/strict';
import fc from 'fast-check';

import { LogMerge } from '../../../../src/domain/logs/merge.ts';

const windowMs = 300;

interface Line {
  readonly at: string;
  readonly source: object;
  readonly id: number;
}

const sources = [{}, {}, {}, {}];

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000000Z');
}

/** Pushes lines when they arrive, asks every 30 ms, and gives what came out in order. */
function merged(arrivals: readonly { readonly line: Line; readonly arrivesMs: number }[]): Line[] {
  const merge = new LogMerge<Line>(windowMs);
  const out: Line[] = [];
  let next = 0;
  const sorted = arrivals.toSorted((a, b) => a.arrivesMs - b.arrivesMs);
  for (let now = 0; next < sorted.length; now += 30) {
    for (let arrival = sorted[next]; arrival && arrival.arrivesMs <= now; arrival = sorted[++next])
      merge.push(arrival.line, arrival.arrivesMs);
    out.push(...merge.due(now));
  }
  return [...out, ...merge.oldest(Infinity)];
}

const logged = fc.array(
  fc.record({
    source: fc.integer({ min: 0, max: 3 }),
    loggedMs: fc.integer({ min: 0, max: 3000 }),
    delayMs: fc.integer({ min: 0, max: 2000 }),
  }),
  { maxLength: 200 },
);

describe('lines of many streams, merged', () => {
  it('all come out once, those of one source in the order in which they came', () => {
    fc.assert(
      fc.property(logged, (events) => {
        const arrivals = events.map(({ source, loggedMs, delayMs }, id) => ({
          line: { at: stamp(loggedMs), source: sources[source] ?? {}, id },
          arrivesMs: loggedMs + delayMs,
        }));
        const out = merged(arrivals);
        assert.deepEqual(
          out.map(({ id }) => id).sort((a, b) => a - b),
          events.map((_, id) => id),
        );
        const came = arrivals.toSorted((a, b) => a.arrivesMs - b.arrivesMs).map(({ line }) => line);
        for (const source of sources)
          assert.deepEqual(
            out.filter((line) => line.source === source),
            came.filter((line) => line.source === source),
          );
      }),
    );
  });

  it('come out in time order where none was later than the window', () => {
    fc.assert(
      fc.property(logged, (events) => {
        const delays = new Map<number, number>();
        const arrivals = events
          .toSorted((a, b) => a.loggedMs - b.loggedMs)
          .map(({ source, loggedMs, delayMs }, id) => {
            // Each source has a delay of its own, so its lines arrive in order.
            const delay = delays.get(source) ?? delayMs % windowMs;
            delays.set(source, delay);
            return {
              line: { at: stamp(loggedMs), source: sources[source] ?? {}, id },
              arrivesMs: loggedMs + delay,
            };
          });
        const stamps = merged(arrivals).map(({ at }) => at);
        assert.deepEqual(stamps, stamps.toSorted());
      }),
    );
  });

  it('wait no longer than the window', () => {
    const merge = new LogMerge<Line>(windowMs);
    const line = { at: stamp(5), source: {}, id: 0 };
    merge.push(line, 1000);
    assert.deepEqual(merge.due(1299), []);
    assert.deepEqual(merge.due(1300), [line]);
    assert.equal(merge.size, 0);
  });
});
