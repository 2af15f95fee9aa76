import assert from 'node:assert/strict';
import fc from 'fast-check';

import { fitsPattern } from '../../../src/domain/name-pattern.ts';

describe('a pattern of names', () => {
  it('fits as the regular expression fits in which each * is .*', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (name, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        assert.equal(fitsPattern(name, pattern), expression.test(name));
      }),
      { numRuns: 2_000 },
    );
    assert.ok(fitsPattern('prod-eu1', 'prod-*'));
    assert.ok(!fitsPattern('preprod-eu1', 'prod-*'));
  });
});
