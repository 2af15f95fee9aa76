import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LineEntry } from '../../../src/webview/log/entry.ts';
import { LogStore } from '../../../src/webview/log/log-store.ts';
import { RowPlaces } from '../../../src/webview/log/row-places.ts';
import { hangs, readColumns, textColumns, wrappedRows } from '../../../src/webview/log/text-columns.ts';
import { WrappedLayout } from '../../../src/webview/log/wrapped-layout.ts';

const sum = (heights: readonly number[]): number => heights.reduce((all, one) => all + one, 0);

describe('the layout of lines that wrap', () => {
  it('agrees with a plain list of heights, whatever is put in, taken out and corrected', () => {
    const height = fc.integer({ min: 1, max: 5 });
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constant('insert' as const), fc.nat(5), height) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('shift' as const), fc.nat(5), height) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('set' as const), fc.nat(5), height) },
    );
    fc.assert(
      fc.property(
        fc.array(height, { maxLength: 700 }),
        fc.array(step, { maxLength: 900 }),
        (first, steps) => {
          const capacity = 800;
          const layout = new WrappedLayout(capacity);
          const plain = [...first];
          layout.fill(plain.length, (index) => plain[index] ?? 0);
          for (const [what, fromEnd, rows] of steps) {
            const index = Math.max(0, plain.length - fromEnd);
            if (what === 'shift' || plain.length === capacity) {
              if (plain.length > 0) assert.equal(layout.shift(), plain.shift());
            } else if (what === 'insert') {
              layout.insert(index, rows);
              plain.splice(index, 0, rows);
            } else if (index < plain.length) {
              layout.set(index, rows);
              plain[index] = rows;
            }
          }
          assert.equal(layout.rows, sum(plain));
          for (const index of [0, 1, plain.length >> 1, plain.length - 1, plain.length])
            if (index >= 0) assert.equal(layout.rowsBefore(index), sum(plain.slice(0, index)));
          for (const index of [0, plain.length >> 1, plain.length - 1])
            if (index >= 0 && index < plain.length)
              assert.equal(layout.indexAt(sum(plain.slice(0, index)) + (plain[index] ?? 0) - 0.5), index);
        },
      ),
    );
  });

  it('works rows out from characters, beside the other columns or below them', () => {
    const line = (columns: number): LineEntry => ({
      kind: 'line',
      at: '',
      source: 0,
      level: undefined,
      text: '',
      columns,
    });
    const wide = textColumns(130, 8, true);
    assert.equal(hangs(wide), true);
    assert.equal(wide.before, 30);
    assert.deepEqual(
      [0, 100, 101, 200, 201].map((columns) => wrappedRows(line(columns), wide)),
      [1, 1, 2, 2, 3],
    );
    const narrow = textColumns(40, 8, true);
    assert.equal(hangs(narrow), false);
    assert.deepEqual(
      [10, 11, 51].map((columns) => wrappedRows(line(columns), narrow)),
      [1, 2, 3],
    );
  });

  it('counts what is read: no escapes, no level word, tabs for several', () => {
    assert.equal(readColumns('\u001b[32mINFO\u001b[0m listening', 'info'), 9);
    assert.equal(readColumns('a\tb', undefined), 10);
  });
});

describe('the places of rows', () => {
  const entry = (second: number): LineEntry => ({
    kind: 'line',
    at: new Date(second * 1000).toISOString(),
    source: 0,
    level: undefined,
    text: 'x'.repeat(30),
    columns: 30,
  });

  it('say by how much what is read has moved, when lines leave above it or come late', () => {
    const store = new LogStore(10);
    const places = new RowPlaces(store);
    store.watchShown(places);
    store.add(Array.from({ length: 10 }, (_, index) => entry(10 + index)));
    places.top = 5;
    assert.equal(places.takeShift(), 0);
    store.add([entry(100), entry(101)]);
    assert.equal(places.takeShift(), -2);
    assert.equal(places.top, 3);
    store.add([entry(12)]);
    assert.equal(places.takeShift(), 0, 'one has left above, one has come above');
  });

  it('learn the true heights, and keep them until the width changes', () => {
    const store = new LogStore(10);
    const places = new RowPlaces(store);
    store.watchShown(places);
    store.add([entry(1), entry(2), entry(3)]);
    assert.equal(places.lay({ columns: 132, label: 8, stamps: true }), true);
    assert.equal(places.layout.rows, 3);
    places.top = 2;
    assert.equal(places.correct(0, [1, 4, 1]), 3);
    assert.equal(places.corrected, true);
    assert.equal(places.layout.rows, 6);
    assert.equal(places.lay({ columns: 132, label: 8, stamps: true }), false);
    places.forget();
    places.lay({ columns: 132, label: 8, stamps: true });
    assert.equal(places.layout.rows, 6);
    places.lay({ columns: 40, label: 8, stamps: true });
    assert.equal(places.layout.rows, 6, '60 columns in rows of 40');
  });
});
