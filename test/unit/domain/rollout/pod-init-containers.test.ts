import assert from 'node:assert/strict';
import type { PodJson } from '../../../../src/domain/rollout/json.ts';
import { podJson } from './objects.ts';
import {
  container,
  crashed,
  ended,
  initialized,
  migrate,
  readOf,
  ready,
  running,
  sidecar,
  waiting,
} from './pod-statuses.ts';
import type { Expected } from './pod-statuses.ts';

const cases: readonly (readonly [string, PodJson, Expected])[] = [
  [
    'is on its second init container',
    podJson(
      {
        phase: 'Pending',
        initContainerStatuses: [container('a', ended(0, 'Completed')), container('b', running)],
        containerStatuses: [container('api', waiting('PodInitializing'))],
      },
      { initContainers: [{ name: 'a' }, { name: 'b' }] },
    ),
    ['Init:1/2', false, 0, ''],
  ],
  [
    'waits for its init container in a crash loop',
    podJson(
      {
        phase: 'Pending',
        initContainerStatuses: [container('migrate', waiting('CrashLoopBackOff'), crashed)],
      },
      migrate,
    ),
    ['Init:CrashLoopBackOff', true, 4, 'init container migrate: crash loop: exit code 1, 4 restarts'],
  ],
  [
    'runs its init container between two crashes',
    podJson({ phase: 'Pending', initContainerStatuses: [container('migrate', running, crashed)] }, migrate),
    ['Init:0/1', true, 4, 'init container migrate: crash loop: exit code 1, 4 restarts'],
  ],
  [
    'has an init container that failed',
    podJson({ phase: 'Pending', initContainerStatuses: [container('migrate', ended(1, 'Error'))] }, migrate),
    ['Init:Error', true, 0, 'init container migrate: crashed: exit code 1'],
  ],
  [
    'has an init container ended by a signal',
    podJson(
      {
        phase: 'Pending',
        initContainerStatuses: [container('migrate', { terminated: { exitCode: 137, signal: 9 } })],
      },
      migrate,
    ),
    ['Init:Signal:9', true, 0, 'init container migrate: crashed: exit code 137'],
  ],
  [
    'cannot pull the image of its init container',
    podJson(
      { phase: 'Pending', initContainerStatuses: [container('migrate', waiting('ErrImagePull'))] },
      { initContainers: [{ name: 'migrate', image: 'migrate:v2' }] },
    ),
    ['Init:ErrImagePull', true, 0, 'init container migrate: image cannot be pulled: migrate:v2'],
  ],
  [
    'counts the restarts of its sidecar, and not those of a finished init container',
    podJson(
      {
        phase: 'Running',
        conditions: [...ready, ...initialized],
        initContainerStatuses: [
          container('migrate', ended(0, 'Completed'), { restartCount: 5 }),
          container('proxy', running, { restartCount: 2, started: true, ready: true }),
        ],
        containerStatuses: [container('api', running, { restartCount: 1, ready: true })],
      },
      { initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }] },
    ),
    ['Running', false, 3, ''],
  ],
  [
    'has a sidecar that crashes after the start',
    podJson(
      {
        phase: 'Running',
        conditions: initialized,
        initContainerStatuses: [
          container('proxy', waiting('CrashLoopBackOff'), { ...crashed, started: false }),
        ],
        containerStatuses: [container('api', running, { ready: true })],
      },
      sidecar,
    ),
    ['Init:CrashLoopBackOff', true, 4, 'init container proxy: crash loop: exit code 1, 4 restarts'],
  ],
];

describe('a pod with init containers', () => {
  for (const [what, json, expected] of cases) {
    it(`that ${what} is ${expected[0] || 'nothing yet'}${expected[3] && ` (${expected[3]})`}`, () => {
      assert.deepEqual(readOf(json), expected);
    });
  }
});
