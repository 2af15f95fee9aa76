import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ring } from '../../../src/webview/log/ring.ts';

const content = <T>(ring: Ring<T>): (T | undefined)[] =>
  Array.from({ length: ring.length }, (_, index) => ring.at(index));

describe('Ring', () => {
  it('keeps the newest entries and gives back the one that leaves', () => {
    const ring = new Ring<number>(3);
    const gone = [1, 2, 3, 4].map((entry) => ring.insert(entry));
    assert.deepEqual(gone, [undefined, undefined, undefined, 1]);
    assert.deepEqual(content(ring), [2, 3, 4]);
    assert.equal(ring.evicted, 1);
    assert.equal(ring.at(3), undefined);
  });

  it('does at every step what an array with splice would do', () => {
    const steps = fc.array(fc.tuple(fc.nat(), fc.nat(6)));
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (inserted, capacity) => {
        const ring = new Ring<number>(capacity);
        let model: number[] = [];
        for (const [entry, fromEnd] of inserted) {
          ring.insert(entry, fromEnd);
          if (model.length === capacity) model = model.slice(1);
          model.splice(model.length - Math.min(fromEnd, model.length), 0, entry);
          assert.deepEqual(content(ring), model);
        }
      }),
    );
  });

  it('begins anew after clear', () => {
    const ring = new Ring<number>(2);
    [1, 2, 3].forEach((entry) => ring.insert(entry));
    ring.clear();
    ring.insert(9);
    assert.deepEqual(content(ring), [9]);
    assert.equal(ring.evicted, 0);
  });
});
