import assert from 'node:assert/strict';
import fc from 'fast-check';

import {
  type CompleteSpan,
  isKnownGood,
  knownGoodAfterMs,
  nextSpan,
  type Sight,
  sightOf,
  verdictOf,
} from '../../../../src/domain/rollout/known-good.ts';
import { crashingPod, deployment, pod, replicaSet } from './objects.ts';

const set = replicaSet('a');
const pods = ['1', '2', '3'].map((name) => pod(name, set.uid));

describe('a sight of a deployment', () => {
  const kind = (changes: Parameters<typeof deployment>[0], of = pods) =>
    sightOf({ deployment: deployment(changes), replicaSets: [set], pods: of }).kind;

  it('is complete where all wanted pods of the current revision are ready', () => {
    assert.equal(kind({}), 'complete');
  });

  it('says nothing while it moves, is paused, scaled to zero, or not seen by its controller', () => {
    assert.equal(kind({ updated: 2, available: 2, ready: 2 }), 'neither');
    assert.equal(kind({ total: 4 }), 'neither');
    assert.equal(kind({ ready: 2 }), 'neither');
    assert.equal(kind({ paused: true }), 'neither');
    assert.equal(kind({ desired: 0, total: 0, updated: 0, ready: 0, available: 0 }), 'neither');
    assert.equal(kind({ observedGeneration: 4 }), 'neither');
  });

  it('says nothing of a revision whose record has not come yet', () => {
    assert.equal(kind({ revision: 3 }), 'neither');
  });

  it('is failing, with the cause, where the revision’s own pods fail', () => {
    const sight = sightOf({
      deployment: deployment({ ready: 2, available: 2 }),
      replicaSets: [set],
      pods: [...pods.slice(1), crashingPod('x', set.uid)],
    });
    assert.deepEqual(sight, { kind: 'failing', replicaSet: set, cause: 'crash loop' });
  });

  it('says nothing against a revision whose pods are only not there', () => {
    const late = {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: '',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    assert.equal(kind({ updated: 0, ready: 0, available: 0, conditions: [late] }, []), 'neither');
  });
});

describe('a known good revision', () => {
  const minute = 60_000;
  const other = replicaSet('b');
  const sight = fc.constantFrom<Sight>(
    { kind: 'complete', replicaSet: set },
    { kind: 'complete', replicaSet: set },
    { kind: 'complete', replicaSet: other },
    { kind: 'failing', replicaSet: set, cause: 'crash loop' },
    { kind: 'neither' },
  );
  /** Undefined is a gap in the watching. */
  const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.option(sight, { nil: undefined })));

  it('was seen complete for five minutes in one piece, whatever came before', () => {
    fc.assert(
      fc.property(story, (steps) => {
        let now = 0;
        let span: CompleteSpan | undefined;
        const seen: { at: number; on: string | undefined }[] = [];
        for (const [minutes, what] of steps) {
          now += minutes * minute;
          span = what === undefined ? undefined : nextSpan(span, what, now);
          seen.push({ at: now, on: what?.kind === 'complete' ? what.replicaSet.uid : undefined });
        }
        // Said again without the fold: the last sights in a row that are of one revision.
        const last = seen.at(-1)?.on;
        const broken = seen.findLastIndex(({ on }) => on !== last);
        const since = seen[broken + 1]?.at;
        const expected = last !== undefined && since !== undefined && now - since >= knownGoodAfterMs;
        assert.equal(span !== undefined && isKnownGood(span, now), expected);
      }),
    );
  });

  it('is judged by what was seen last, and unknown where nothing was', () => {
    assert.deepEqual(verdictOf({}), { kind: 'unknown' });
    assert.deepEqual(verdictOf({ goodAt: 5 }), { kind: 'good', lastSeen: 5 });
    assert.deepEqual(verdictOf({ goodAt: 5, failedAt: 4, failure: 'crash loop' }), {
      kind: 'good',
      lastSeen: 5,
    });
    assert.deepEqual(verdictOf({ goodAt: 5, failedAt: 6, failure: 'crash loop' }), {
      kind: 'failed',
      lastSeen: 6,
      cause: 'crash loop',
      goodBefore: 5,
    });
  });
});
