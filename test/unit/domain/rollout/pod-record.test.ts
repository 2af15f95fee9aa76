import assert from 'node:assert/strict';
import type { PodJson } from '../../../../src/domain/rollout/json.ts';
import { podRecord } from '../../../../src/domain/rollout/pod-record.ts';
import { podJson } from './objects.ts';
import {
  container,
  crashed,
  ended,
  gone,
  migrate,
  readOf,
  ready,
  running,
  runningPod,
  waiting,
} from './pod-statuses.ts';
import type { Expected } from './pod-statuses.ts';

const cases: readonly (readonly [string, PodJson, Expected])[] = [
  [
    'runs',
    podJson({ ...runningPod(container('api', running, { ready: true })), conditions: ready }),
    ['Running', false, 0, ''],
  ],
  ['waits for its node', podJson({ phase: 'Pending' }), ['Pending', false, 0, '']],
  [
    'starts',
    podJson({ phase: 'Pending', containerStatuses: [container('api', waiting('ContainerCreating'))] }),
    ['ContainerCreating', false, 0, ''],
  ],
  [
    'waits in a crash loop',
    podJson(runningPod(container('api', waiting('CrashLoopBackOff', 'back-off 40s'), crashed))),
    ['CrashLoopBackOff', true, 4, 'crash loop: exit code 1, 4 restarts'],
  ],
  [
    'runs between two crashes',
    podJson(runningPod(container('api', running, crashed))),
    ['Running', true, 4, 'crash loop: exit code 1, 4 restarts'],
  ],
  [
    'has just crashed again',
    podJson(runningPod(container('api', ended(2, 'Error'), crashed))),
    ['Error', true, 4, 'crash loop: exit code 2, 4 restarts'],
  ],
  [
    'crashed for the first time',
    podJson(runningPod(container('api', ended(1, 'Error')))),
    ['Error', true, 0, 'crashed: exit code 1'],
  ],
  [
    'restarted once and is Ready again',
    podJson({
      ...runningPod(container('api', running, { ...crashed, restartCount: 1, ready: true })),
      conditions: ready,
    }),
    ['Running', false, 1, ''],
  ],
  [
    'ends well again and again',
    podJson(
      runningPod(
        container('api', ended(0, 'Completed'), { restartCount: 1, lastState: ended(0, 'Completed') }),
      ),
    ),
    ['Completed', true, 1, 'crash loop: exit code 0, 1 restart'],
  ],
  [
    'runs out of memory',
    podJson(
      runningPod(
        container('api', waiting('CrashLoopBackOff'), {
          restartCount: 3,
          lastState: ended(137, 'OOMKilled'),
        }),
      ),
    ),
    ['CrashLoopBackOff', true, 3, 'out of memory (OOMKilled), 3 restarts'],
  ],
  [
    'cannot pull its image',
    podJson({ phase: 'Pending', containerStatuses: [container('api', waiting('ImagePullBackOff'))] }),
    ['ImagePullBackOff', true, 0, 'image cannot be pulled: registry:5000/api:v2'],
  ],
  [
    'misses a ConfigMap',
    podJson({
      phase: 'Pending',
      containerStatuses: [container('api', waiting('CreateContainerConfigError', 'configmap "x" not found'))],
    }),
    ['CreateContainerConfigError', true, 0, 'ConfigMap "x" not found'],
  ],
  [
    'cannot run its command',
    podJson(runningPod(container('api', waiting('RunContainerError', 'no such file')))),
    ['RunContainerError', true, 0, 'cannot start: no such file'],
  ],
  [
    'was evicted',
    podJson({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }),
    ['Evicted', true, 0, 'evicted: The node was low on resource: memory.'],
  ],
  [
    'failed',
    podJson({ phase: 'Failed', containerStatuses: [container('api', ended(3, 'Error'))] }),
    ['Error', true, 0, 'failed: exit code 3'],
  ],
  ['failed without a word', podJson({ phase: 'Failed' }), ['Failed', true, 0, 'failed']],
  [
    'did its work',
    podJson({ phase: 'Succeeded', containerStatuses: [container('api', ended(0, 'Completed'))] }),
    ['Completed', false, 0, ''],
  ],
  [
    'ended by a signal',
    podJson(runningPod(container('api', { terminated: { exitCode: 143, signal: 15 } }))),
    ['Signal:15', true, 0, 'crashed: exit code 143'],
  ],
  [
    'ended without a reason',
    podJson(runningPod(container('api', ended(5)))),
    ['ExitCode:5', true, 0, 'crashed: exit code 5'],
  ],
  [
    'runs with one container done',
    podJson({
      ...runningPod(container('api', ended(0, 'Completed')), container('proxy', running, { ready: true })),
      conditions: ready,
    }),
    ['Running', false, 0, ''],
  ],
  [
    'is not ready with one container done',
    podJson(
      runningPod(container('api', ended(0, 'Completed')), container('proxy', running, { ready: true })),
    ),
    ['NotReady', false, 0, ''],
  ],
  [
    'has one container done and one failed',
    podJson(runningPod(container('api', ended(0, 'Completed')), container('proxy', ended(7, 'Error')))),
    ['Error', true, 0, 'crashed: exit code 7'],
  ],
  [
    'is being deleted while it crashes',
    { ...podJson(runningPod(container('api', waiting('CrashLoopBackOff'), crashed))), metadata: gone },
    ['Terminating', false, 4, ''],
  ],
  [
    'is being deleted after it ended',
    {
      ...podJson({ phase: 'Succeeded', containerStatuses: [container('api', ended(0, 'Completed'))] }),
      metadata: gone,
    },
    ['Completed', false, 0, ''],
  ],
  [
    'is being deleted from a lost node',
    { ...podJson({ phase: 'Running', reason: 'NodeLost' }), metadata: gone },
    ['Unknown', false, 0, ''],
  ],
  [
    'is on a lost node',
    podJson({ phase: 'Running', reason: 'NodeLost' }, { nodeName: 'node-7' }),
    ['NodeLost', false, 0, 'its node is lost: node-7'],
  ],
  [
    'is held back by a scheduling gate',
    podJson({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
    }),
    ['SchedulingGated', false, 0, ''],
  ],
  [
    'fits on no node',
    podJson({
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/2 nodes are available',
        },
      ],
    }),
    ['Pending', false, 0, 'cannot be scheduled: 0/2 nodes are available'],
  ],
  [
    'has a readiness probe that does not pass',
    podJson(runningPod(container('api', running, { started: true })), {
      containers: [{ name: 'api', readinessProbe: {} }],
    }),
    ['Running', false, 0, 'not ready: readiness probe of api has not passed'],
  ],
  [
    'has a startup probe that has not passed',
    podJson(runningPod(container('api', running, { started: false })), {
      containers: [{ name: 'api', readinessProbe: {}, startupProbe: {} }],
    }),
    ['Running', false, 0, 'not ready: startup probe of api has not passed'],
  ],
  [
    'waits for a readiness gate',
    podJson({
      ...runningPod(container('api', running, { ready: true })),
      conditions: [
        { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: 'gate "x" is not true' },
      ],
    }),
    ['Running', false, 0, 'not ready: gate "x" is not true'],
  ],
  ['has no status at all', { metadata: { name: 'api-x' } }, ['', false, 0, '']],
];

describe('a pod', () => {
  for (const [what, json, expected] of cases) {
    it(`that ${what} is ${expected[0] || 'nothing yet'}${expected[3] && ` (${expected[3]})`}`, () => {
      assert.deepEqual(readOf(json), expected);
    });
  }

  it('keeps the latest end of its containers, and the sentence of the one at fault', () => {
    const record = podRecord(
      podJson(
        {
          phase: 'Running',
          initContainerStatuses: [container('migrate', ended(0, 'Completed', '2026-01-03T00:00:00Z'))],
          containerStatuses: [
            container('api', running, { ready: true, lastState: ended(1, 'Error', '2026-01-02T00:00:00Z') }),
            container('proxy', running, {
              ready: true,
              lastState: ended(2, 'Error', '2026-01-01T00:00:00Z'),
            }),
          ],
        },
        migrate,
      ),
    );
    assert.deepEqual(record.lastTermination, {
      container: 'api',
      reason: 'Error',
      exitCode: 1,
      finishedAt: '2026-01-02T00:00:00Z',
    });
    assert.deepEqual(record.containers, ['migrate', 'api']);
    const message = 'back-off 5m0s restarting failed container';
    const looping = podRecord(
      podJson(runningPod(container('api', waiting('CrashLoopBackOff', message), crashed))),
    );
    assert.equal(looping.message, message);
  });
});
