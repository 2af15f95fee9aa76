import assert from 'node:assert/strict';
import fc from 'fast-check';

import { historyOf } from '../../../../src/domain/rollout/history.ts';
import type { RevisionVerdict } from '../../../../src/domain/rollout/known-good.ts';
import { recommendedRevision } from '../../../../src/domain/rollout/recommended-revision.ts';
import { deployment, replicaSet } from './objects.ts';

const unknown: RevisionVerdict = { kind: 'unknown' };
const failed: RevisionVerdict = { kind: 'failed', lastSeen: 5, cause: 'crash loop', goodBefore: undefined };
const good = (lastSeen: number): RevisionVerdict => ({ kind: 'good', lastSeen });

/** The newest of these verdicts is of the current revision, the last of revision 1. */
function recommended(...verdicts: readonly RevisionVerdict[]) {
  const newest = verdicts.length;
  const replicaSets = verdicts.map((_, index) =>
    replicaSet(`r${newest - index}`, { revision: newest - index }),
  );
  const history = historyOf({ deployment: deployment({ revision: newest }), replicaSets, pods: [] });
  const found = recommendedRevision(
    history,
    ({ uid }) => verdicts[replicaSets.findIndex((one) => one.uid === uid)] ?? unknown,
  );
  return found && `${found.entry.revision} ${found.verdict.kind}`;
}

describe('the recommended revision', () => {
  it('is the one that was seen good last, though it is not the previous', () => {
    assert.equal(recommended(failed, good(1), unknown), '2 good');
    assert.equal(recommended(failed, unknown, good(1), good(7)), '1 good');
  });

  it('is the newest where nothing is known of any', () => {
    assert.equal(recommended(failed, unknown, unknown), '2 unknown');
  });

  it('is an unknown one rather than one that was seen failing', () => {
    assert.equal(recommended(unknown, failed, unknown), '1 unknown');
    assert.equal(recommended(unknown, failed, failed), '2 failed');
  });

  it('is none where there is nothing to return to', () => {
    assert.equal(recommended(good(1)), undefined);
    assert.equal(recommended(), undefined);
  });

  it('is never the current one, nor one that was seen failing while there is another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(unknown, failed, good(1), good(2)), { maxLength: 6 }),
        (verdicts) => {
          const words = recommended(...verdicts);
          const older = verdicts.slice(1);
          assert.equal(words === undefined, older.length === 0);
          assert.ok(words === undefined || !words.startsWith(`${verdicts.length} `));
          assert.equal(
            words?.includes('failed') === true,
            older.length > 0 && older.every(({ kind }) => kind === 'failed'),
          );
        },
      ),
    );
  });
});
