import assert from 'node:assert/strict';

import { namesContext } from '../../../../src/domain/runbook/context-pattern.ts';

describe('the setting of contexts that are guarded', () => {
  it('names them by patterns, whatever their capitals', () => {
    const context = 'arn:aws:eks:eu-1:1:cluster/my-Prod-1';
    assert.equal(namesContext(['staging', ' *prod* '], context), true);
    assert.equal(namesContext(['staging', 'prod*'], context), false);
    assert.equal(namesContext(context, context), true);
  });

  it('guards no context where it is not set, and every one where it cannot be understood', () => {
    assert.equal(namesContext(undefined, 'prod'), false);
    assert.equal(namesContext([], 'prod'), false);
    assert.equal(namesContext({ prod: true }, 'prod'), true);
    assert.equal(namesContext([7], 'prod'), true);
  });
});
