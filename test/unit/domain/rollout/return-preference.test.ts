import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { RevisionVerdict } from '../../../../src/domain/rollout/known-good.ts';
import {
  byPreference,
  verdictWords,
  whyRecommended,
} from '../../../../src/domain/rollout/return-preference.ts';
import { replicaSet } from './objects.ts';

const good = (lastSeen: number): RevisionVerdict => ({ kind: 'good', lastSeen });
const unknown: RevisionVerdict = { kind: 'unknown' };
const failed: RevisionVerdict = { kind: 'failed', lastSeen: 5, cause: 'crash loop', goodBefore: undefined };

const candidate = (revision: number, verdict: RevisionVerdict) => ({
  replicaSet: replicaSet(`r${revision}`, { revision }),
  verdict,
});
const order = (...candidates: readonly ReturnType<typeof candidate>[]) =>
  byPreference(candidates).map((each) => each.replicaSet.revision);

describe('the revision that is best returned to', () => {
  it('is the last known good one, then the newest that was not seen failing, last what was', () => {
    const all = [
      candidate(9, failed),
      candidate(8, unknown),
      candidate(7, good(1)),
      candidate(6, good(2)),
      candidate(5, unknown),
    ];
    assert.deepEqual(order(...all), [6, 7, 8, 5, 9]);
  });

  it('does not depend on the order in which they are given', () => {
    const all = [candidate(4, unknown), candidate(3, failed), candidate(2, good(7)), candidate(1, unknown)];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        assert.deepEqual(order(...shuffled), [2, 4, 1, 3]);
      }),
    );
  });

  it('says why it is, or that it is not known to be good', () => {
    assert.match(whyRecommended('6', good(2)), /^Revision 6 is the last known good: it was seen/);
    assert.match(whyRecommended('6', unknown), /Whether it was good is unknown/);
    assert.match(whyRecommended('6', failed), /^Every older revision was seen failing; revision 6/);
    assert.equal(verdictWords(failed), 'seen failing (crash loop)');
    assert.equal(verdictWords({ kind: 'unknown', ranAt: 1 }), 'seen running');
  });
});
