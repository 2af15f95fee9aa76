import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LineEntry } from '../../../src/webview/log/entry.ts';
import { LATE_WINDOW, LogStore } from '../../../src/webview/log/log-store.ts';
import { plainPattern } from '../../../src/webview/log/pattern.ts';
import { RowPlaces } from '../../../src/webview/log/row-places.ts';

/** Source 0 is live; 1 is the same log as it was captured, 2 another one. */
const sources = [
  { label: '8·a', title: '', colour: 0, log: 'a/app' },
  { label: '8·a captured', title: '', colour: 1, log: 'a/app', captured: true },
  { label: '8·b captured', title: '', colour: 2, log: 'b/app', captured: true },
] as const;

const stamp = (second: number): string => new Date(Date.UTC(2026, 4, 9) + second * 1000).toISOString();
const line = (second: number, text: string, source = 0): LineEntry => ({
  kind: 'line',
  at: stamp(second),
  source,
  level: text.includes('bad') ? 'error' : undefined,
  text,
  columns: text.length,
});
const many = (from: number, count: number, source = 0): LineEntry[] =>
  Array.from({ length: count }, (_, index) => line(from + index, `line ${from + index}`, source));
const texts = (store: LogStore): string[] => store.shown.toArray().map(({ text }) => text);

function storeOf(entries: readonly LineEntry[], capacity?: number, characters?: number): LogStore {
  const store = new LogStore(capacity, characters);
  store.nameSources(0, sources);
  store.add(entries);
  return store;
}

describe('lines that come late in a log', () => {
  it('stand in their place in time, however long ago that was', () => {
    const store = storeOf(many(10_000, LATE_WINDOW + 500));
    assert.equal(store.add([...many(1000, 3, 1), line(10_100, 'between', 1)]), 0);
    assert.deepEqual(texts(store).slice(0, 4), ['line 1000', 'line 1001', 'line 1002', 'line 10000']);
    assert.equal(texts(store).indexOf('between'), 3 + 101);
    assert.equal(store.lines, LATE_WINDOW + 504);
  });

  it('are shown once where they come live and as captured ones, whichever is first', () => {
    const store = storeOf(many(5000, 3000));
    store.add([...many(4990, 20, 1), line(4999.5, 'of another pod', 2), line(5000, 'line 5000', 2)]);
    assert.equal(store.lines, 3000 + 10 + 2);
    assert.deepEqual(texts(store).slice(8, 13), [
      'line 4998',
      'line 4999',
      'of another pod',
      'line 5000',
      'line 5000',
    ]);
    store.add(many(4990, 10));
    assert.equal(store.lines, 3012);
    store.add(many(7999, 2, 1));
    store.add(many(7999, 3));
    assert.deepEqual(texts(store).slice(-3), ['line 7999', 'line 8000', 'line 8001']);
  });

  it('leave what is read where it is: it moves by as many rows as come before it', () => {
    const store = storeOf(many(10_000, 3000));
    const places = new RowPlaces(store);
    store.watchShown(places);
    places.top = 0;
    store.add(many(1000, 500, 1));
    assert.deepEqual([places.top, places.takeShift()], [500, 500]);
    places.top = 700;
    places.lay({ columns: 80, label: 8, stamps: true });
    const before = places.layout.rowsBefore(700);
    store.add([...many(500, 100, 1), line(10_150, 'x'.repeat(500), 1), line(10_999, 'later', 1)]);
    assert.equal(places.top, 801);
    assert.equal(places.layout.rowsBefore(801), before + places.takeShift());
    assert.equal(places.layout.rows > store.shown.length, true);
  });

  it('make the oldest leave where there is no room, or have none themselves', () => {
    const full = storeOf(many(10_000, 3000), 3000);
    full.add(many(1000, 5, 1));
    assert.deepEqual([full.lines, full.gone, texts(full)[0]], [3000, 5, 'line 10000']);
    full.add([line(10_500.5, 'between', 1)]);
    assert.deepEqual([full.lines, full.gone, texts(full)[0]], [3000, 6, 'line 10001']);
    const heavy = storeOf(many(10_000, 3000), 10_000, 3000 * 10 + 35);
    heavy.add(many(1000, 5, 1));
    assert.deepEqual(texts(heavy).slice(0, 2), ['line 1002', 'line 1003']);
    assert.equal(heavy.gone, 2);
  });

  it('pass the filter, are counted and found as all others', () => {
    const words = fc.array(fc.tuple(fc.nat(9000), fc.constantFrom('bad apple', 'pear', 'plum')), {
      maxLength: 60,
    });
    const filter = { text: 'p', regex: false, errors: false, warnings: false };
    fc.assert(
      fc.property(words, words, fc.boolean(), (late, more, scanned) => {
        const all = many(0, 3000).map((each, index) => ({ ...each, at: stamp(3 * index) }));
        const store = storeOf(all);
        store.setFilter(filter);
        store.setSearch(plainPattern('l'));
        if (scanned) while (store.scan(Infinity) !== 'idle');
        for (const batch of [late, more]) {
          const lines = batch.map(([second, text]) => line(second + 0.5, text, 2));
          store.add(lines.toSorted((a, b) => (a.at < b.at ? -1 : 1)));
          all.push(...lines);
        }
        while (store.scan(Infinity) !== 'idle');
        const passing = all.filter(({ text }) => text.includes('p')).map(({ at }) => at);
        assert.deepEqual(
          store.shown.toArray().map(({ at }) => at),
          passing.toSorted(),
        );
        assert.equal(store.shownLines, passing.length);
        assert.equal(store.errors, all.filter(({ level }) => level === 'error').length);
        assert.deepEqual(
          store.found?.toArray().map(({ text }) => text),
          texts(store).filter((text) => text.includes('l')),
        );
      }),
      { numRuns: 30 },
    );
  });
});
