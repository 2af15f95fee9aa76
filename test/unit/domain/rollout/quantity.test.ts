import assert from 'node:assert/strict';
import fc from 'fast-check';
import { equalQuantities, parseQuantity } from '../../../../src/domain/rollout/quantity.ts';

describe('quantities', () => {
  const same: readonly (readonly [string, string])[] = [
    ['1000m', '1'],
    ['1Gi', '1024Mi'],
    ['1e3', '1k'],
    ['1E3', '1000'],
    ['1E', '1000P'],
    ['0.5', '500m'],
    ['.5', '0.5'],
    ['1.', '1'],
    ['+1', '1'],
    ['-1000m', '-1'],
    ['0', '0Ki'],
    ['-0', '0'],
    ['1.5Gi', '1536Mi'],
    ['0.1n', '1n'],
    ['-0.1n', '-1n'],
    ['100Ei', '9223372036854775807'],
  ];
  for (const [a, b] of same) {
    it(`takes ${a} and ${b} for the same`, () => assert.equal(equalQuantities(a, b), true));
  }

  const different: readonly (readonly [string, string])[] = [
    ['1M', '1Mi'],
    ['1', '1.000000001'],
    ['9007199254740993', '9007199254740992'],
    ['1', '-1'],
  ];
  for (const [a, b] of different) {
    it(`tells ${a} from ${b}`, () => assert.equal(equalQuantities(a, b), false));
  }

  for (const text of ['', 'one', '1 Gi', '1KiB', '1e', '--1', '1ki', '1e1.5', '0x10', 'm', '.']) {
    it(`does not take ${JSON.stringify(text)} for a quantity`, () =>
      assert.equal(parseQuantity(text), undefined));
  }

  it('gives the value in billionths', () => {
    assert.equal(parseQuantity('1500m'), 1_500_000_000n);
    assert.equal(parseQuantity('2Ki'), 2_048_000_000_000n);
  });

  it('keeps the value of a whole number through every decimal spelling', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (value) => {
        for (const spelling of [`${value}`, `${value * 1000n}m`, `${value}000e-3`, `${value}.000`]) {
          assert.equal(parseQuantity(spelling), value * 10n ** 9n);
        }
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => equalQuantities(a, b) === equalQuantities(b, a)),
    );
  });
});
