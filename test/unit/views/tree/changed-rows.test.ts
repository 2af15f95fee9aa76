import assert from 'node:assert/strict';
import { isOutdated, topmost } from '../../../../src/views/tree/changed-rows.ts';

describe('a row of the tree', () => {
  const drawn = { words: 'api 3/3', below: ['a', 'b'] };

  it('is drawn anew where it says something else, or has other rows below it or in another order', () => {
    assert.equal(isOutdated(drawn, { ...drawn, words: 'api 2/3' }), true);
    assert.equal(isOutdated(drawn, { ...drawn, below: ['b', 'a'] }), true);
    assert.equal(isOutdated(drawn, { ...drawn, below: ['a'] }), true);
  });

  it('is left alone where it says the same, or was never drawn', () => {
    assert.equal(isOutdated(drawn, { words: 'api 3/3', below: ['a', 'b'] }), false);
    assert.equal(isOutdated({ words: undefined, below: undefined }, drawn), false);
    assert.equal(isOutdated({ words: 'api 3/3', below: undefined }, drawn), false);
  });

  it('is not drawn for itself where a row above it is drawn with all below it', () => {
    const parents: Readonly<Record<string, string>> = { pod: 'api', api: 'shop', web: 'shop' };
    const parentOf = (row: string) => parents[row];
    assert.deepEqual(topmost(new Set(['pod', 'web']), parentOf), ['pod', 'web']);
    assert.deepEqual(topmost(new Set(['pod', 'web', 'api']), parentOf), ['web', 'api']);
    assert.deepEqual(topmost(new Set(['pod', 'web', 'shop']), parentOf), ['shop']);
  });
});
