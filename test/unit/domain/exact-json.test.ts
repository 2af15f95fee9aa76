import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exactText, parseExact } from '../../../src/domain/exact-json.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe('exact JSON', () => {
  it('keeps each integer of 64 bits, wherever it stands', () =>
    fc.assert(
      fc.property(int64, int64, (one, other) => {
        const text = `{"spec":{"seconds":${one},"list":[${other}, 1]},"text":"${one}"}`;
        assert.equal(exactText(parseExact(text)), text.replace(', ', ','));
      }),
    ));

  it('is what JSON.parse and JSON.stringify give for all else', () =>
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.equal(exactText(parseExact(text)), JSON.stringify(JSON.parse(text)));
      }),
    ));

  it('lets a fraction and an exponent be numbers', () =>
    assert.deepEqual(parseExact('[1e300, 1.5e3, 0.1234567890123456]'), [1e300, 1500, 0.1234567890123456]));
});
