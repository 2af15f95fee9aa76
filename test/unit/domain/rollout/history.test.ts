import assert from 'node:assert/strict';
import { currentReplicaSet } from '../../../../src/domain/rollout/controlled-replica-sets.ts';
import { historyOf, rolloutHistory } from '../../../../src/domain/rollout/history.ts';
import { replicaSetRecord } from '../../../../src/domain/rollout/replica-set-record.ts';
import {
  deployment,
  deploymentJson,
  pod,
  replicaSet,
  replicaSetJson,
  revision,
  template,
} from './objects.ts';

describe('the history of a Deployment in the tree', () => {
  it('is newest first, marks the current revision, and gives each revision its pods', () => {
    const entries = historyOf({
      deployment: deployment({ revision: 3 }),
      replicaSets: [
        replicaSet('a', { revision: 1 }),
        replicaSet('c', { revision: 3 }),
        replicaSet('broken', { revision: undefined }),
        replicaSet('b', { revision: 2 }),
      ],
      pods: [
        pod('c-2', 'c-uid', { createdAt: '2026-01-02T00:00:00Z' }),
        pod('a-1', 'a-uid'),
        pod('c-1', 'c-uid'),
      ],
    });
    assert.deepEqual(
      entries.map((entry) => [entry.revision, entry.current, entry.pods.map(({ name }) => name)]),
      [
        [3, true, ['c-1', 'c-2']],
        [2, false, []],
        [1, false, ['a-1']],
        [undefined, false, []],
      ],
    );
  });

  it('takes the highest number for current until the Deployment says which it is', () => {
    const replicaSets = [replicaSet('a', { revision: 1 }), replicaSet('b', { revision: 2 })];
    const entries = historyOf({ deployment: deployment({ revision: 0 }), replicaSets, pods: [] });
    assert.deepEqual(
      entries.map(({ current }) => current),
      [true, false],
    );
  });
});

describe('kubectl rollout history', () => {
  const live = deploymentJson(template('api:v3'));

  it('is ascending, with the change-cause of the ReplicaSet, else of its template, else <none>', () => {
    const withCause = template('api:v2');
    withCause.metadata = {
      ...withCause.metadata,
      annotations: { 'kubernetes.io/change-cause': 'from the template' },
    };
    const lines = rolloutHistory(live, [
      replicaSetJson('third', template('api:v3'), revision(10)),
      replicaSetJson('first', template('api:v1'), revision(1, 'first release')),
      replicaSetJson('second', withCause, revision(2, '')),
    ]);
    assert.deepEqual(lines, [
      { revision: 1, changeCause: 'first release' },
      { revision: 2, changeCause: 'from the template' },
      { revision: 10, changeCause: '<none>' },
    ]);
  });

  it('shows the ReplicaSet of the live template where a number repeats, else the youngest', () => {
    const matching = replicaSetJson('matching', template('api:v3'), revision(2, 'live'));
    const lines = rolloutHistory(live, [
      matching,
      replicaSetJson('old', template('api:v1'), revision(1, 'old')),
      replicaSetJson('young', template('api:v2'), revision(1, 'young')),
      replicaSetJson('younger', template('api:v4'), revision(2, 'younger')),
    ]);
    assert.deepEqual(lines, [
      { revision: 1, changeCause: 'young' },
      { revision: 2, changeCause: 'live' },
    ]);
  });

  it('leaves out unreadable numbers and ReplicaSets of others, and counts a missing number as 0', () => {
    const foreign = replicaSetJson('foreign', template('api:v1'), revision(5));
    foreign.metadata = { ...foreign.metadata, ownerReferences: [] };
    const unselected = replicaSetJson('unselected', template('api:v1'), revision(6));
    unselected.metadata = { ...unselected.metadata, labels: { app: 'other' } };
    const lines = rolloutHistory(live, [
      foreign,
      unselected,
      replicaSetJson('unreadable', template('api:v1'), revision('seven')),
      replicaSetJson('unnumbered', template('api:v1')),
    ]);
    assert.deepEqual(lines, [{ revision: 0, changeCause: '<none>' }]);
  });

  it('knows the current ReplicaSet by its template: the oldest where several match', () => {
    const oldest = replicaSetJson('oldest', template('api:v3'), revision(1));
    const replicaSets = [replicaSetJson('younger', template('api:v3'), revision(2)), oldest];
    assert.equal(currentReplicaSet(live, replicaSets), oldest);
    assert.equal(currentReplicaSet(deploymentJson(template('api:v9')), replicaSets), undefined);
  });
});

describe('the record of a ReplicaSet', () => {
  it('carries what the tree shows', () => {
    const record = replicaSetRecord(replicaSetJson('abc', template('api:v1'), revision(7, 'fix')));
    assert.equal(record.ownerUid, 'deployment-uid');
    assert.equal(record.templateHash, 'abc');
    assert.equal(record.revision, 7);
    assert.equal(record.changeCause, 'fix');
    assert.deepEqual(record.images, [{ name: 'api', image: 'api:v1' }]);
  });
});
