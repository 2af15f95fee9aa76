import type {
  DeploymentJson,
  PodJson,
  PodTemplateJson,
  ReplicaSetJson,
} from '../../../../src/domain/rollout/json.ts';
import type {
  DeploymentRecord,
  PodProblem,
  PodRecord,
  ReplicaSetRecord,
} from '../../../../src/domain/rollout/records.ts';

/** API objects and records of one Deployment `api` in `shop`, for tests to vary. */

export function template(
  image: string,
  more: Partial<NonNullable<PodTemplateJson['spec']>> = {},
): PodTemplateJson {
  return {
    metadata: { labels: { app: 'api' } },
    spec: { containers: [{ name: 'api', image }], ...more },
  };
}

export function deploymentJson(
  pod: PodTemplateJson,
  annotations: Record<string, string> = {},
): DeploymentJson {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { uid: 'deployment-uid', namespace: 'shop', name: 'api', generation: 5, annotations },
    spec: { replicas: 3, selector: { matchLabels: { app: 'api' } }, template: pod },
    status: { observedGeneration: 5 },
  };
}

let created = 0;

/** A ReplicaSet of the Deployment, younger than those made before it. */
export function replicaSetJson(
  name: string,
  pod: PodTemplateJson,
  annotations: Record<string, string> = {},
): ReplicaSetJson {
  created += 1;
  const labels = { ...pod.metadata?.labels, 'pod-template-hash': name };
  return {
    metadata: {
      uid: `${name}-uid`,
      namespace: 'shop',
      name: `api-${name}`,
      labels,
      annotations,
      creationTimestamp: `2026-01-01T00:${String(Math.floor(created / 60)).padStart(2, '0')}:${String(created % 60).padStart(2, '0')}Z`,
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api', uid: 'deployment-uid', controller: true },
      ],
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { ...pod, metadata: { ...pod.metadata, labels } },
    },
  };
}

export function revision(number: number | string, changeCause?: string): Record<string, string> {
  return {
    'deployment.kubernetes.io/revision': String(number),
    ...(changeCause === undefined ? {} : { 'kubernetes.io/change-cause': changeCause }),
  };
}

/** A pod with the containers of its status named `api`, `proxy`, … in their order. */
export function podJson(
  status: NonNullable<PodJson['status']>,
  spec: Partial<NonNullable<PodJson['spec']>> = {},
): PodJson {
  return {
    metadata: { uid: 'pod-uid', namespace: 'shop', name: 'api-x' },
    spec: { containers: [{ name: 'api', image: 'registry:5000/api:v2' }], ...spec },
    status,
  };
}

export function deployment(changes: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    uid: 'deployment-uid',
    namespace: 'shop',
    name: 'api',
    generation: 5,
    observedGeneration: 5,
    desired: 3,
    total: 3,
    updated: 3,
    ready: 3,
    available: 3,
    selector: 'app=api',
    paused: false,
    revision: 2,
    images: [{ name: 'api', image: 'api:v2' }],
    conditions: [],
    createdAt: '2026-01-01T00:00:00Z',
    ...changes,
  };
}

export function replicaSet(name: string, changes: Partial<ReplicaSetRecord> = {}): ReplicaSetRecord {
  return {
    uid: `${name}-uid`,
    namespace: 'shop',
    name: `api-${name}`,
    ownerUid: 'deployment-uid',
    revision: 2,
    formerRevisions: [],
    templateHash: name,
    changeCause: undefined,
    images: [{ name: 'api', image: 'api:v2' }],
    desired: 3,
    ready: 3,
    createdAt: '2026-01-01T00:00:00Z',
    ...changes,
  };
}

export function pod(name: string, ownerUid: string, changes: Partial<PodRecord> = {}): PodRecord {
  return {
    uid: `${name}-uid`,
    namespace: 'shop',
    name,
    ownerUid,
    state: 'Running',
    message: undefined,
    failing: false,
    problem: undefined,
    finished: false,
    ready: true,
    terminating: false,
    restarts: 0,
    lastTermination: undefined,
    containers: ['api'],
    node: 'node-1',
    createdAt: '2026-01-01T00:00:00Z',
    ...changes,
  };
}

/** A pod in a crash loop. */
export function crashingPod(
  name: string,
  ownerUid: string,
  exitCode = 1,
  problem: Partial<PodProblem> = {},
): PodRecord {
  return pod(name, ownerUid, {
    state: 'CrashLoopBackOff',
    failing: true,
    ready: false,
    restarts: 4,
    problem: { kind: 'crashLoop', container: 'api', init: false, detail: '', ...problem },
    lastTermination: { container: 'api', reason: 'Error', exitCode, finishedAt: '2026-01-01T00:01:00Z' },
  });
}
