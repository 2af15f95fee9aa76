import assert from 'node:assert/strict';
import fc from 'fast-check';

import { isTypedName, lackingConsent } from '../../../../src/domain/runbook/consent.ts';

const free = { name: 'api', isProtected: false, blocker: undefined };
const owned = { ...free, blocker: 'Argo CD will put it back.' };

describe('the consent to a write', () => {
  it('is the confirmation alone where nothing guards the deployment', () => {
    assert.equal(lackingConsent(free, {}), undefined);
  });

  it('needs the name, exactly, in a protected context', () => {
    const guarded = { ...free, isProtected: true };
    assert.match(lackingConsent(guarded, {}) ?? '', /must be typed/);
    assert.match(lackingConsent(guarded, { typedName: 'API' }) ?? '', /must be typed/);
    assert.equal(lackingConsent(guarded, { typedName: ' api ' }), undefined);
    fc.assert(fc.property(fc.string(), (typed) => isTypedName('api', typed) === (typed.trim() === 'api')));
  });

  it('needs a word of its own where somebody will undo it, typed name or not', () => {
    assert.equal(lackingConsent(owned, { typedName: 'api' }), owned.blocker);
    assert.equal(lackingConsent(owned, { anyway: true }), undefined);
    assert.match(lackingConsent({ ...owned, isProtected: true }, { anyway: true }) ?? '', /must be typed/);
  });
});
