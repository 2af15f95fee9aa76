import type { ArgoRolloutJson } from '../../../../src/domain/rollout/argo-rollout-record.ts';
import type { DaemonSetJson } from '../../../../src/domain/rollout/daemon-set-record.ts';
import type { StatefulSetJson } from '../../../../src/domain/rollout/stateful-set-record.ts';
import { template } from './objects.ts';

/** API objects of the kinds without rollback, in `shop`, for tests to vary. */

const metadata = (name: string) => ({
  uid: `${name}-uid`,
  namespace: 'shop',
  name,
  generation: 2,
  creationTimestamp: '2026-01-01T00:00:00Z',
});

/** A complete one of three replicas. */
export function statefulSetJson(
  spec: Partial<StatefulSetJson['spec']> = {},
  status: Partial<StatefulSetJson['status']> = {},
): StatefulSetJson {
  return {
    metadata: metadata('db'),
    spec: {
      replicas: 3,
      selector: {},
      serviceName: 'db',
      template: template('db:v1'),
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      ...spec,
    },
    status: {
      replicas: 3,
      observedGeneration: 2,
      readyReplicas: 3,
      updatedReplicas: 3,
      currentRevision: 'a',
      updateRevision: 'a',
      ...status,
    },
  };
}

/** A complete one on four nodes. */
export function daemonSetJson(
  status: Partial<DaemonSetJson['status']> = {},
  type = 'RollingUpdate',
): DaemonSetJson {
  return {
    metadata: metadata('agent'),
    spec: { selector: {}, template: template('agent:v1'), updateStrategy: { type } },
    status: {
      observedGeneration: 2,
      currentNumberScheduled: 4,
      numberMisscheduled: 0,
      desiredNumberScheduled: 4,
      updatedNumberScheduled: 4,
      numberAvailable: 4,
      numberReady: 4,
      ...status,
    },
  };
}

export function argoRolloutJson(
  status: ArgoRolloutJson['status'] = {},
  spec: ArgoRolloutJson['spec'] = {},
): ArgoRolloutJson {
  return {
    metadata: metadata('canary'),
    spec: { replicas: 5, template: template('canary:v1'), ...spec },
    status: { observedGeneration: '2', phase: 'Healthy', readyReplicas: 5, updatedReplicas: 5, ...status },
  };
}
