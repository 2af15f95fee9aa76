import assert from 'node:assert/strict';

import { stuckWords } from '../../../../src/domain/rollout/stuck-pods.ts';
import { crashingPod, deployment, pod, replicaSet } from './objects.ts';

const set = replicaSet('new');
const other = replicaSet('old', { revision: 1 });

describe('the cause of a rollout that makes no progress', () => {
  it('is what is wrong with the pods of its own revision', () => {
    const pods = [
      crashingPod('a', set.uid),
      crashingPod('b', set.uid),
      pod('c', set.uid),
      crashingPod('d', other.uid),
    ];
    const records = { deployment: deployment(), replicaSets: [set, other], pods };
    assert.equal(stuckWords(records), '2 pods crash-looping (exit code 1)');
    assert.equal(stuckWords(records, other.uid), '1 pod crash-looping (exit code 1)');
  });

  it('is that pods are not ready where they do not say why', () => {
    const pods = [pod('a', set.uid, { ready: false })];
    assert.equal(stuckWords({ deployment: deployment(), replicaSets: [set], pods }), '1 pod not ready');
  });

  it('is the controller’s word where it can make no pod', () => {
    const conditions = [
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: 'exceeded quota: pods',
        lastTransitionTime: '',
      },
    ];
    const records = { deployment: deployment({ conditions }), replicaSets: [set], pods: [] };
    assert.equal(stuckWords(records), 'pods cannot be created: exceeded quota: pods');
    assert.equal(stuckWords({ ...records, deployment: deployment() }), '');
  });
});
