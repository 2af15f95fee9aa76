import assert from 'node:assert/strict';
import fc from 'fast-check';
import { healthOf } from '../../../../src/domain/rollout/health.ts';
import type { Condition, DeploymentRecord, PodRecord } from '../../../../src/domain/rollout/records.ts';
import { crashingPod, deployment, pod, replicaSet } from './objects.ts';

const since = '2026-01-01T12:00:00Z';

function condition(type: string, status: string, reason: string, message = ''): Condition {
  return { type, status, reason, message, lastTransitionTime: since };
}

const replicaSets = [replicaSet('old', { revision: 1 }), replicaSet('new', { revision: 2 })];

function health(changes: Partial<DeploymentRecord>, pods: readonly PodRecord[] = []) {
  const {
    state,
    words,
    cause,
    since: time,
    failingPods,
  } = healthOf({ deployment: deployment(changes), replicaSets, pods });
  return { state, words, cause, since: time, failing: failingPods.map(({ name }) => name) };
}

const calm = { cause: '', since: undefined, failing: [] };
const unready = {
  ready: false,
  problem: { kind: 'notReady', container: 'api', init: false, detail: '' },
} as const;
const timedOut = (name: string) =>
  condition(
    'Progressing',
    'False',
    'ProgressDeadlineExceeded',
    `ReplicaSet "${name}" has timed out progressing.`,
  );

describe('the health of a Deployment', () => {
  it('is healthy when all replicas are updated and available', () => {
    assert.deepEqual(health({}), { ...calm, state: 'healthy', words: 'Healthy' });
  });

  it('is progressing during a rollout without problems', () => {
    assert.deepEqual(health({ available: 1 }), {
      ...calm,
      state: 'progressing',
      words: 'Progressing: 1 of 3 updated replicas available',
    });
    assert.equal(health({ updated: 1 }).words, 'Progressing: 1 of 3 replicas updated');
    assert.equal(health({ total: 4 }).words, 'Progressing: 1 old replica pending termination');
    assert.equal(
      health({ generation: 6 }).words,
      'Progressing: the controller has not seen the newest spec yet',
    );
  });

  it('tells why new pods are not available yet', () => {
    assert.equal(health({ available: 0 }, [pod('a', 'new-uid', unready)]).cause, 'not ready');
  });

  it('is degraded by a crash loop, and says since when where the controller knows it', () => {
    const pods = ['a', 'b', 'c'].map((name) => crashingPod(name, 'new-uid'));
    const conditions = [condition('Available', 'False', 'MinimumReplicasUnavailable')];
    assert.deepEqual(health({ available: 0, conditions }, pods), {
      state: 'degraded',
      words: 'Degraded: 3 pods crash-looping (exit code 1)',
      cause: 'crash loop',
      since,
      failing: ['a', 'b', 'c'],
    });
  });

  it('is degraded when only the new pods crash and all old ones still serve', () => {
    const pods = [pod('a', 'old-uid'), pod('b', 'old-uid'), pod('c', 'old-uid'), crashingPod('d', 'new-uid')];
    const conditions = [condition('Available', 'True', 'MinimumReplicasAvailable')];
    assert.deepEqual(health({ total: 4, updated: 1, conditions }, pods), {
      state: 'degraded',
      words: 'Degraded: 1 pod crash-looping (exit code 1)',
      cause: 'crash loop',
      since: undefined,
      failing: ['d'],
    });
  });

  it('is progressing while a rollout replaces old pods that crash', () => {
    const pods = [crashingPod('a', 'old-uid'), pod('b', 'new-uid', { ready: false })];
    assert.equal(health({ total: 4, updated: 1, available: 0 }, pods).state, 'progressing');
  });

  it('is degraded by the old pods while nothing replaces them, for a paused Deployment or one just changed', () => {
    const pods = [crashingPod('a', 'old-uid')];
    assert.equal(health({ total: 3, updated: 0, paused: true }, pods).state, 'degraded');
    assert.equal(health({ total: 3, updated: 0, generation: 6 }, pods).state, 'degraded');
  });

  it('names several problems, the most frequent first', () => {
    const pull = { kind: 'imagePull', detail: 'api:v9' } as const;
    const init = { init: true, container: 'migrate' } as const;
    const pods = [
      crashingPod('a', 'new-uid', 137, { kind: 'outOfMemory' }),
      crashingPod('b', 'new-uid', 1, pull),
      crashingPod('c', 'new-uid', 1, pull),
      crashingPod('d', 'new-uid', 1, init),
    ];
    const found = health({ available: 0 }, pods);
    assert.equal(found.cause, 'image cannot be pulled');
    assert.equal(
      found.words,
      'Degraded: 2 pods cannot pull api:v9, 1 pod out of memory (OOMKilled), ' +
        '1 pod crash-looping (exit code 1) in init container migrate',
    );
  });

  it('does not count pods that are being deleted', () => {
    assert.equal(health({}, [{ ...crashingPod('a', 'new-uid'), terminating: true }]).state, 'healthy');
  });

  it('does not count evicted pods once others serve in their place', () => {
    const evicted = pod('a', 'new-uid', {
      state: 'Evicted',
      failing: true,
      ready: false,
      finished: true,
      problem: { kind: 'evicted', container: undefined, init: false, detail: '' },
    });
    assert.equal(health({}, [evicted]).state, 'healthy');
    assert.equal(health({ available: 2 }, [evicted]).words, 'Degraded: 1 pod evicted');
  });

  it('is degraded when pods cannot be created, with the reason that the API server gave', () => {
    const message = 'pods "api-x" is forbidden: exceeded quota: small';
    const conditions = [condition('ReplicaFailure', 'True', 'FailedCreate', message)];
    const found = health({ updated: 0, available: 0, conditions });
    assert.deepEqual(found, {
      state: 'degraded',
      words: `Degraded: pods cannot be created: ${message}`,
      cause: 'quota exceeded',
      since,
      failing: [],
    });
  });

  it('is degraded when the progress deadline is exceeded, and says what the pods wait for', () => {
    const found = health({ available: 0, conditions: [timedOut('api-new')] }, [pod('a', 'new-uid', unready)]);
    assert.equal(
      found.words,
      'Degraded: progress deadline exceeded, 0 of 3 replicas available (1 pod not ready)',
    );
    assert.equal(found.since, since);
  });

  it('ignores a deadline that another ReplicaSet exceeded, or that the controller wrote before the newest spec', () => {
    assert.equal(health({ available: 0, conditions: [timedOut('api-old')] }).state, 'progressing');
    assert.equal(health({ generation: 6, conditions: [timedOut('api-new')] }).state, 'progressing');
  });

  it('is paused when paused, and degraded and paused when its pods fail', () => {
    assert.deepEqual(health({ paused: true, available: 2 }), {
      ...calm,
      state: 'paused',
      words: 'Paused: 2 of 3 replicas available',
      cause: 'paused',
    });
    const found = health({ paused: true, available: 2 }, [crashingPod('a', 'new-uid')]);
    assert.equal(found.state, 'degraded');
    assert.equal(found.words, 'Degraded (paused): 1 pod crash-looping (exit code 1)');
  });

  it('is scaled to zero when no replicas are wanted, whatever its conditions say', () => {
    const none = { desired: 0, total: 0, updated: 0, ready: 0, available: 0 };
    assert.equal(health({ ...none, conditions: [timedOut('api-new')] }).words, 'Scaled to zero');
    assert.equal(health({ ...none, total: 2 }).words, 'Scaled to zero: 2 replicas pending termination');
  });

  it('is degraded when pods of a completed rollout are no longer available', () => {
    const conditions = [
      condition('Available', 'False', 'MinimumReplicasUnavailable'),
      condition('Progressing', 'True', 'NewReplicaSetAvailable'),
    ];
    const found = health({ available: 1, conditions }, [pod('a', 'new-uid', unready)]);
    assert.equal(found.words, 'Degraded: 1 of 3 replicas available (1 pod not ready)');
    assert.equal(found.cause, 'not ready');
    assert.equal(found.since, since);
    const young = pod('a', 'new-uid', { ...unready, createdAt: '2026-01-01T12:00:01Z' });
    assert.equal(health({ available: 1, conditions }, [young]).state, 'progressing', 'a scale-up');
  });

  it('is found for any records', () => {
    const count = fc.integer({ min: 0, max: 5 });
    const conditions = fc.array(
      fc.record({
        type: fc.constantFrom('Progressing', 'Available', 'ReplicaFailure'),
        status: fc.constantFrom('True', 'False', 'Unknown'),
        reason: fc.constantFrom('', 'ProgressDeadlineExceeded', 'NewReplicaSetAvailable'),
        message: fc.constantFrom('', 'ReplicaSet "api-new" has timed out progressing.', '"'),
        lastTransitionTime: fc.constantFrom('', since),
      }),
    );
    const changes = fc.record({
      desired: count,
      total: count,
      updated: count,
      available: count,
      revision: count,
      observedGeneration: fc.integer({ min: 4, max: 6 }),
      paused: fc.boolean(),
      conditions,
    });
    const pods = fc.array(
      fc.constantFrom(crashingPod('a', 'new-uid'), pod('b', 'old-uid'), pod('c', 'nobody', unready)),
    );
    const sets = fc.subarray(replicaSets);
    fc.assert(
      fc.property(changes, pods, sets, (changed, some, found) => {
        const { state, words } = healthOf({
          deployment: deployment(changed),
          replicaSets: found,
          pods: some,
        });
        const starts = {
          healthy: 'Healthy',
          progressing: 'Progressing',
          degraded: 'Degraded',
          paused: 'Paused',
          scaledToZero: 'Scaled',
        };
        assert.ok(words.startsWith(starts[state]));
      }),
    );
  });
});
