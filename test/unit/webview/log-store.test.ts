import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LineEntry, LogEntry } from '../../../src/webview/log/entry.ts';
import { filterTest } from '../../../src/webview/log/filter.ts';
import { plainPattern } from '../../../src/webview/log/pattern.ts';
import { LogStore } from '../../../src/webview/log/log-store.ts';

const stamp = (second: number): string => new Date(Date.UTC(2026, 4, 9) + second * 1000).toISOString();
const line = (second: number, text: string, level?: LineEntry['level']): LineEntry => ({
  kind: 'line',
  at: stamp(second),
  source: 0,
  level,
  text,
  columns: text.length,
});
const texts = (store: LogStore): string[] =>
  Array.from({ length: store.shown.length }, (_, index) => store.shown.at(index)?.text ?? '');

describe('LogStore', () => {
  it('puts a late line in its place and leaves equal times in the order in which they came', () => {
    const store = new LogStore();
    store.add([line(1, 'a'), line(3, 'c'), line(3, 'd')]);
    const seen: [number, string][] = [];
    store.watchShown({
      evicted: () => undefined,
      inserted: (index, { text }) => void seen.push([index, text]),
      merged: () => assert.fail('all have a place at once'),
    });
    assert.equal(store.add([line(2, 'b'), line(3, 'e')]), 2);
    assert.deepEqual(texts(store), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(seen, [
      [1, 'b'],
      [4, 'e'],
    ]);
  });

  it('counts errors and warnings of the lines it holds, and forgets those that leave', () => {
    const store = new LogStore(2);
    store.add([line(1, 'x', 'fatal'), line(2, 'y', 'warn')]);
    assert.deepEqual([store.errors, store.warnings], [1, 1]);
    store.add([line(3, 'z', 'error')]);
    assert.deepEqual([store.errors, store.warnings, store.lines], [1, 1, 2]);
  });

  it('places a mark by its time, once, and keeps it when the logs are chosen anew', () => {
    const store = new LogStore();
    const mark = { kind: 'mark', at: stamp(2), text: 'rolled back', tone: 'ok' } as const;
    store.add([line(1, 'a'), line(3, 'b')]);
    store.mark(mark);
    store.mark({ ...mark });
    assert.deepEqual(texts(store), ['a', 'rolled back', 'b']);
    assert.equal(store.lines, 2);
    store.reset();
    store.add([line(1, 'c'), line(4, 'd')]);
    assert.deepEqual(texts(store), ['c', 'rolled back', 'd']);
  });

  it('keeps no more characters than it has room for, and counts the lines that had to leave', () => {
    const store = new LogStore(100, 25);
    store.add([line(1, '0123456789'), line(2, '0123456789', 'error'), line(3, '0123456789')]);
    assert.deepEqual([store.lines, store.gone, store.shown.length], [2, 1, 2]);
    store.add([line(4, 'x'.repeat(1000))]);
    assert.deepEqual([store.lines, store.gone, store.errors], [1, 3, 0]);
  });

  it('searches just the lines shown, also those that come, and forgets what leaves', () => {
    const words = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('apple', 'pear', 'plum')));
    fc.assert(
      fc.property(words, words, words, fc.integer({ min: 1, max: 12 }), (first, then, last, capacity) => {
        const store = new LogStore(capacity);
        const add = (many: [number, string][]): void => {
          for (const [second, text] of many) store.add([line(second, text)]);
        };
        add(first);
        store.setSearch(plainPattern('l'));
        add(then);
        store.setFilter({ text: 'p', regex: false, errors: false, warnings: false });
        while (store.scan(Infinity) !== 'idle');
        store.setFilter({ text: 'e', regex: false, errors: false, warnings: false });
        add(last);
        while (store.scan(Infinity) !== 'idle');
        add(then);
        const found = Array.from(
          { length: store.found?.length ?? 0 },
          (_, index) => store.found?.at(index)?.text,
        );
        assert.deepEqual(
          found,
          texts(store).filter((text) => text.includes('l')),
        );
      }),
    );
  });

  it('shows the former list until a new filter is worked out', () => {
    const store = new LogStore();
    store.add([line(1, 'apple'), line(2, 'pear')]);
    store.setFilter({ text: 'PEAR', regex: false, errors: false, warnings: false });
    assert.deepEqual(texts(store), ['apple', 'pear']);
    assert.equal(store.scan(0), 'more');
    assert.equal(store.scan(Infinity), 'swapped');
    assert.deepEqual(texts(store), ['pear']);
    assert.equal(store.scan(Infinity), 'idle');
  });

  it('shows at last just what passes the filter, however lines come late or leave while it is worked out', () => {
    const lines = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('apple', 'pear', 'plum')));
    fc.assert(
      fc.property(lines, lines, fc.integer({ min: 1, max: 12 }), (first, then, capacity) => {
        const store = new LogStore(capacity);
        const all = new LogStore(capacity);
        const filter = { text: 'p', regex: false, errors: false, warnings: false };
        const add = ([second, text]: [number, string]): void => {
          const entry = line(second, text);
          store.add([entry]);
          all.add([entry]);
        };
        first.forEach(add);
        store.setFilter({ ...filter, text: 'ea' });
        then.forEach(add);
        store.scan(Infinity);
        then.forEach(add);
        const passes = filterTest({ ...filter, text: 'ea' }, () => '');
        const expected = Array.from({ length: all.shown.length }, (_, index) => all.shown.at(index))
          .filter((entry): entry is LogEntry => entry !== undefined && passes(entry))
          .map((entry) => entry.text);
        assert.deepEqual(texts(store), expected);
        assert.equal(store.shownLines, expected.length);
      }),
    );
  });
});
