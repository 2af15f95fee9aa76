import assert from 'node:assert/strict';

import { argoRolloutRecord } from '../../../../src/domain/rollout/argo-rollout-record.ts';
import { daemonSetRecord } from '../../../../src/domain/rollout/daemon-set-record.ts';
import { statefulSetRecord } from '../../../../src/domain/rollout/stateful-set-record.ts';
import { healthOfWorkload } from '../../../../src/domain/rollout/workload-health.ts';
import type { WorkloadRecord } from '../../../../src/domain/rollout/workload-record.ts';
import { crashingPod, pod } from './objects.ts';
import { argoRolloutJson, daemonSetJson, statefulSetJson } from './workload-objects.ts';

const said = ({ status }: WorkloadRecord): string => `${status.state} | ${status.words}`;
const unseen = 'progressing | Progressing: the controller has not seen the newest spec yet';

describe('the record of a StatefulSet', () => {
  const words = (...json: Parameters<typeof statefulSetJson>) =>
    said(statefulSetRecord(statefulSetJson(...json)));
  const onDelete = { updateStrategy: { type: 'OnDelete' } };
  const partitioned = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } };
  const plain = { updateStrategy: { type: 'RollingUpdate' } };

  it('keeps its counts and images', () => {
    const { status: _status, ...facts } = statefulSetRecord(statefulSetJson({}, { readyReplicas: 2 }));
    assert.deepEqual(facts, {
      kind: 'StatefulSet',
      uid: 'db-uid',
      namespace: 'shop',
      name: 'db',
      desired: 3,
      ready: 2,
      updated: 3,
      paused: false,
      images: [{ name: 'api', image: 'db:v1' }],
      createdAt: '2026-01-01T00:00:00Z',
    });
  });

  it('says how its rolling update does, as kubectl rollout status tells it', () => {
    assert.equal(words(), 'healthy | Healthy');
    assert.equal(words({}, { observedGeneration: 0 }), unseen);
    assert.equal(words({}, { observedGeneration: 1 }), unseen);
    assert.equal(words({}, { readyReplicas: 1 }), 'progressing | Progressing: 1 of 3 pods ready');
    assert.equal(words({}, { updatedReplicas: 2 }), 'progressing | Progressing: 2 of 3 pods updated');
    const moving = { updateRevision: 'b', updatedReplicas: 1 };
    assert.equal(words(plain, moving), 'progressing | Progressing: 1 of 3 pods updated');
    assert.equal(words(plain), 'healthy | Healthy');
    assert.equal(words({ replicas: 0 }, { readyReplicas: 0 }), 'scaledToZero | Scaled to zero');
  });

  it('counts the pods that a partition keeps at the older template as wanted so', () => {
    assert.equal(
      words(partitioned, { updatedReplicas: 0 }),
      'progressing | Progressing: 0 of 1 pods updated',
    );
    assert.equal(
      words(partitioned, { updatedReplicas: 1, updateRevision: 'b' }),
      'healthy | Healthy: 2 of 3 pods are kept at the older template (partition 2)',
    );
    assert.equal(words(partitioned), 'healthy | Healthy');
    const all = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 9 } } };
    assert.match(words(all, { updatedReplicas: 0 }), /^healthy .*\(partition 9\)/);
  });

  it('says which pods wait for their deletion where it updates on delete', () => {
    assert.equal(words(onDelete), 'healthy | Healthy');
    assert.equal(
      words(onDelete, { updatedReplicas: 1 }),
      'healthy | Healthy: 2 of 3 pods run an older template until they are deleted (OnDelete)',
    );
    assert.equal(words(onDelete, { readyReplicas: 2 }), 'progressing | Progressing: 2 of 3 pods ready');
  });
});

describe('the record of a DaemonSet', () => {
  const words = (...json: Parameters<typeof daemonSetJson>) => said(daemonSetRecord(daemonSetJson(...json)));

  it('says how its update does, node by node', () => {
    assert.equal(words(), 'healthy | Healthy');
    assert.equal(words({ observedGeneration: 1 }), unseen);
    assert.equal(words({ updatedNumberScheduled: 1 }), 'progressing | Progressing: 1 of 4 pods updated');
    assert.equal(words({ numberAvailable: 3 }), 'progressing | Progressing: 3 of 4 pods available');
    assert.equal(words({ desiredNumberScheduled: 0 }), 'scaledToZero | No node matches: no pods are wanted');
  });

  it('says which pods wait for their deletion where it updates on delete', () => {
    assert.equal(
      words({ updatedNumberScheduled: 1 }, 'OnDelete'),
      'healthy | Healthy: 3 of 4 pods run an older template until they are deleted (OnDelete)',
    );
    assert.equal(
      words({ updatedNumberScheduled: 1, numberAvailable: 2 }, 'OnDelete'),
      'progressing | Progressing: 2 of 4 pods available',
    );
  });
});

describe('the record of an Argo Rollout', () => {
  const words = (...json: Parameters<typeof argoRolloutJson>) =>
    said(argoRolloutRecord(argoRolloutJson(...json)));

  it('says what its controller says', () => {
    assert.equal(words(), 'healthy | Healthy');
    assert.equal(words({ observedGeneration: '1' }), unseen);
    assert.equal(
      words({ phase: 'Degraded', message: 'ProgressDeadlineExceeded: timed out' }),
      'degraded | Degraded: ProgressDeadlineExceeded: timed out',
    );
    assert.equal(words({ phase: 'Paused', message: 'CanaryPauseStep' }), 'paused | Paused: CanaryPauseStep');
    assert.equal(
      words({ phase: 'Progressing', message: 'more replicas need to be updated' }),
      'progressing | Progressing: more replicas need to be updated',
    );
    assert.equal(words({}, { replicas: 0 }), 'scaledToZero | Scaled to zero');
    assert.equal(words({ phase: 'Odd' }), 'progressing | Progressing: Odd');
  });

  it('is known without a controller, with a hash for its generation, and with a template from elsewhere', () => {
    const bare = argoRolloutRecord({ metadata: { uid: 'u', namespace: 'shop', name: 'canary' } });
    assert.equal(said(bare), 'progressing | Progressing: its controller has said nothing about it yet');
    assert.deepEqual([bare.desired, bare.images, bare.paused], [1, [], false]);
    assert.equal(words({ observedGeneration: '5f79b78d7f' }), 'healthy | Healthy');
    assert.equal(argoRolloutRecord(argoRolloutJson({}, { paused: true })).paused, true);
  });
});

describe('the health of a workload', () => {
  const workload = statefulSetRecord(statefulSetJson({}, { readyReplicas: 2 }));

  it('names what keeps its pods from being ready before what its status says', () => {
    const health = healthOfWorkload({
      workload,
      pods: [crashingPod('db-2', 'db-uid'), pod('db-0', 'db-uid')],
    });
    assert.deepEqual(
      [health.state, health.words, health.cause, health.failingPods.length],
      ['degraded', 'Degraded: 1 pod crash-looping (exit code 1)', 'crash loop', 1],
    );
  });

  it('is that of its status where no pod fails for good', () => {
    const ended = { ...crashingPod('db-2', 'db-uid'), finished: true };
    const full = statefulSetRecord(statefulSetJson());
    assert.equal(healthOfWorkload({ workload: full, pods: [ended] }).words, 'Healthy');
    const leaving = { ...crashingPod('db-2', 'db-uid'), terminating: true };
    assert.equal(healthOfWorkload({ workload, pods: [leaving] }).words, 'Progressing: 2 of 3 pods ready');
    const none = statefulSetRecord(statefulSetJson({ replicas: 0 }, { readyReplicas: 0 }));
    assert.equal(
      healthOfWorkload({ workload: none, pods: [crashingPod('db-2', 'db-uid')] }).state,
      'scaledToZero',
    );
  });
});
