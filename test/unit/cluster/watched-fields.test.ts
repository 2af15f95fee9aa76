import assert from 'node:assert/strict';

import { eventParser, initialEventsEnd } from '../../../src/cluster/watch/event-parser.ts';
import {
  argoRolloutKind,
  daemonSetKind,
  deploymentKind,
  podKind,
  replicaSetKind,
  statefulSetKind,
} from '../../../src/cluster/store/watched-kinds.ts';
import { eventPart, eventRecord } from '../../../src/domain/events/event-record.ts';
import type { Fields } from '../../../src/domain/rollout/kept-fields.ts';
import { Catalog, kinds } from '../../testbed/generated-cluster/catalog.ts';
import { argoRolloutJson, daemonSetJson, statefulSetJson } from '../domain/rollout/workload-objects.ts';
import { container, crashed, ended, ready, running, waiting } from '../domain/rollout/pod-statuses.ts';
import * as described from '../views/documents/described-objects.ts';

type Read = (json: never) => unknown;

interface Watched {
  readonly fields: Fields;
  readonly read: Read;
}

/** What is read of an object's text as a watch parses it, and of all that is in it. */
function assertSame({ fields, read }: Watched, object: object): void {
  const text = JSON.stringify({ type: 'ADDED', object });
  const slim = eventParser(fields)(Buffer.from(text));
  assert.ok(typeof slim === 'object' && slim !== null && 'object' in slim);
  const reading: (json: unknown) => unknown = read as (json: unknown) => unknown;
  assert.deepEqual(reading(slim.object), reading(JSON.parse(text).object));
  assert.ok(JSON.stringify(slim).length <= text.length);
}

const pod = (spec: object, status: object) => ({
  metadata: {
    uid: 'u',
    namespace: 'shop',
    name: 'p',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { a: 'b' },
  },
  spec: { nodeName: 'n', tolerations: [{ key: 'x' }], ...spec },
  status,
});
const probed = (probe: string) => [
  { name: 'web', image: 'web:1', [probe]: { httpGet: { path: '/' } }, env: [{}] },
];

describe('the fields that a watch parses', () => {
  it('are all that is read of the objects of a cluster', () => {
    const catalog = new Catalog({
      deployments: 60,
      replicaSetsPerDeployment: 2,
      podsPerDeployment: 1,
      namespaces: 2,
    });
    const watched = { deployments: deploymentKind, replicasets: replicaSetKind, pods: podKind };
    for (const kind of kinds)
      for (let index = 0; index < 60; index += 1)
        assertSame(watched[kind], JSON.parse(catalog.json(catalog.seen(kind, index)).toString()));
  });

  it('are all that is read of a pod, whatever befalls it', () => {
    const statuses = [
      { phase: 'Running', containerStatuses: [container('web', running)] },
      { phase: 'Running', containerStatuses: [container('web', running, { started: false })] },
      { phase: 'Running', containerStatuses: [container('web', waiting('ImagePullBackOff', 'no'))] },
      { phase: 'Running', containerStatuses: [container('web', waiting('CrashLoopBackOff'), crashed)] },
      { phase: 'Pending', initContainerStatuses: [container('web', ended(1, 'OOMKilled'))] },
      {
        phase: 'Running',
        initContainerStatuses: [container('web', running, { started: true })],
        conditions: ready,
      },
      { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' },
      { phase: 'Running', reason: 'NodeLost', message: 'lost' },
      {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'm' }],
      },
      {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: 'gate' }],
      },
    ];
    for (const status of statuses)
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        assertSame(podKind, pod({ containers: probed(probe) }, status));
        const initContainers = probed(probe).map((each) => ({ ...each, restartPolicy: 'Always' }));
        assertSame(podKind, pod({ initContainers, containers: probed(probe) }, status));
      }
    for (const each of [described.crashing, described.running, described.stray]) assertSame(podKind, each);
    const { metadata } = described.running;
    const deletionTimestamp = '2026-01-01T00:00:00Z';
    assertSame(podKind, { ...described.running, metadata: { ...metadata, deletionTimestamp } });
  });

  it('are all that is read of the other kinds', () => {
    assertSame(deploymentKind, described.deployment);
    const former = {
      'deployment.kubernetes.io/revision-history': '1,3',
      'kubernetes.io/change-cause': 'why',
    };
    for (const each of described.replicaSets) {
      assertSame(replicaSetKind, each);
      const annotations = { ...each.metadata?.annotations, ...former };
      assertSame(replicaSetKind, { ...each, metadata: { ...each.metadata, annotations } });
      const template = { ...each.spec?.template, metadata: { annotations: former } };
      assertSame(replicaSetKind, { ...each, spec: { ...each.spec, template } });
    }
    const partition = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    for (const updateStrategy of [{ type: 'OnDelete' }, { type: 'RollingUpdate' }, partition])
      for (const status of [{}, { readyReplicas: 0 }, { updatedReplicas: 1 }, { currentRevision: 'other' }])
        assertSame(statefulSetKind, statefulSetJson({ updateStrategy }, status));
    for (const status of [{}, { numberAvailable: 0 }, { updatedNumberScheduled: 0 }, { numberReady: 0 }])
      assertSame(daemonSetKind, daemonSetJson(status));
    assertSame(daemonSetKind, daemonSetJson({ updatedNumberScheduled: 0 }, 'OnDelete'));
    for (const status of [{}, { phase: 'Degraded', message: 'why' }, { phase: 'Paused' }])
      assertSame(argoRolloutKind, argoRolloutJson(status));
    const event = { fields: eventPart, read: eventRecord };
    const about = {
      kind: 'Pod',
      name: 'p',
      uid: 'u',
      fieldPath: 'spec.containers{web}',
      resourceVersion: '1',
    };
    const common = {
      metadata: { uid: 'e', creationTimestamp: 'c', managedFields: [{}] },
      involvedObject: about,
    };
    assertSame(event, {
      ...common,
      type: 'Warning',
      reason: 'r',
      message: 'm',
      count: 3,
      firstTimestamp: 'f',
      lastTimestamp: 'l',
      source: { component: 'kubelet', host: 'h' },
    });
    assertSame(event, {
      ...common,
      series: { count: 9, lastObservedTime: 't' },
      eventTime: 'e',
      reportingComponent: 'c',
    });
  });

  it('are with those that tell of versions, of the end of a list, and of errors', () => {
    const annotations = { [initialEventsEnd]: 'true' };
    const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '7', annotations } } };
    const error = { type: 'ERROR', object: { code: 410, message: 'too old', metadata: {} } };
    for (const { fields } of [
      podKind,
      deploymentKind,
      { fields: {} },
      { fields: { metadata: true } as const },
    ])
      for (const each of [bookmark, error])
        assert.deepEqual(eventParser(fields)(Buffer.from(JSON.stringify(each))), each);
  });
});
