import assert from 'node:assert/strict';
import { currentReplicaSet } from '../../../../src/domain/rollout/controlled-replica-sets.ts';
import { historyOf } from '../../../../src/domain/rollout/history.ts';
import { replicaSetRecord } from '../../../../src/domain/rollout/replica-set-record.ts';
import type { DeploymentRecords } from '../../../../src/domain/rollout/records.ts';
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

describe('the number that an undo reaches a revision by', () => {
  const newest = replicaSet('newest', { revision: 9 });
  const reached = (older: DeploymentRecords['replicaSets'], current = 9) =>
    historyOf({ deployment: deployment({ revision: current }), replicaSets: [newest, ...older], pods: [] })
      .filter(({ replicaSet, undoTo }) => replicaSet !== newest && undoTo !== undefined)
      .map(({ replicaSet, undoTo }) => [replicaSet.name, undoTo]);

  it('is its own, but for none, a negative, an unreadable or a rounded one', () => {
    const numbers = [1, 0, -1, undefined, 2 ** 63];
    const replicaSets = numbers.map((revision, index) => replicaSet(`r${index}`, { revision }));
    assert.deepEqual(reached(replicaSets), [['api-r0', 1]]);
  });

  it('is that of the oldest where a number repeats, of the current one last, as planUndo decides', () => {
    const [old, young] = [
      replicaSet('z', { revision: 2, createdAt: '2026-01-01T00:00:00Z' }),
      replicaSet('a', { revision: 2, createdAt: '2026-01-02T00:00:00Z' }),
    ];
    assert.deepEqual(reached([young, old]), [['api-z', 2]]);
    assert.deepEqual(reached([young, { ...old, createdAt: young.createdAt }]), [['api-a', 2]]);
    // The youngest of them is the current one.
    assert.deepEqual(reached([young, old], 2), [['api-z', 2]]);
  });
});

describe('the current ReplicaSet', () => {
  const live = deploymentJson(template('api:v3'));

  it('is known by its template: the oldest where several match', () => {
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
