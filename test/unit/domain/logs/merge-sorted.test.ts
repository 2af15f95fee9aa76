import assert from 'node:assert/strict';
import fc from 'fast-check';

import { mergeSorted } from '../../../../src/domain/logs/merge-sorted.ts';

describe('many sorted sources', () => {
  it('become one in order, of equal keys in the sources’ order', () => {
    const source = fc.array(fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(fc.array(source, { maxLength: 12 }), (sources) => {
        const sorted = sources.map((keys, order) =>
          keys.toSorted((a, b) => a - b).map((key) => ({ key, order })),
        );
        const expected = sorted.flat().toSorted((a, b) => a.key - b.key || a.order - b.order);
        const merged = mergeSorted(sorted, ({ key }) => String(key).padStart(2, '0'));
        assert.deepEqual([...merged], expected);
      }),
    );
  });

  it('keep each source’s own order where a clock was set back', () => {
    const merged = mergeSorted([['b1', 'a2', 'c3'], ['b9']], (text) => text);
    assert.deepEqual([...merged], ['b1', 'a2', 'b9', 'c3']);
  });
});
