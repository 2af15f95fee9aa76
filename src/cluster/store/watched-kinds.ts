import { argoRolloutRecord } from '../../domain/rollout/argo-rollout-record.ts';
import { daemonSetRecord } from '../../domain/rollout/daemon-set-record.ts';
import { deploymentRecord } from '../../domain/rollout/deployment-record.ts';
import { podRecord } from '../../domain/rollout/pod-record.ts';
import { replicaSetRecord } from '../../domain/rollout/replica-set-record.ts';
import { statefulSetRecord } from '../../domain/rollout/stateful-set-record.ts';
import type { Fields } from '../../domain/rollout/kept-fields.ts';
import { podPart } from '../../domain/rollout/pod-part.ts';
import { deploymentPart, replicaSetPart, workloadPart } from '../../domain/rollout/workload-part.ts';
import {
  deploymentFields,
  podFields,
  replicaSetFields,
  soundRows,
  workloadFields,
} from '../watch/sound-rows.ts';

/** A kind of object as the API server serves it, and what is kept of each object. */
export interface WatchedKind<Json, Row> {
  /** `Pods`, as the beginning of a sentence. */
  readonly plural: string;
  /** `pods`, `deployments.apps`: as RBAC and kubectl name it. */
  readonly resource: string;
  /** `/api/v1`, `/apis/apps/v1`. */
  readonly api: string;
  /** Set where a cluster may lack the API: its absence is no error. */
  readonly optional?: true;
  /** What `read` reads. */
  readonly fields: Fields;
  /** Undefined for an object that is not kept. */
  readonly read: (json: Json) => Row | undefined;
}

/** The path of a list: of one namespace, or of the whole cluster. */
export function listPath(
  { api, resource }: WatchedKind<never, unknown>,
  namespace: string | undefined,
): string {
  const [plural = ''] = resource.split('.');
  return namespace === undefined
    ? `${api}/${plural}`
    : `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

const apps = '/apis/apps/v1';

export const deploymentKind = {
  plural: 'Deployments',
  resource: 'deployments.apps',
  api: apps,
  fields: deploymentPart,
  read: soundRows('Deployment', deploymentFields, deploymentRecord),
} as const;

export const replicaSetKind = {
  plural: 'Revisions',
  resource: 'replicasets.apps',
  api: apps,
  fields: replicaSetPart,
  read: soundRows('ReplicaSet', replicaSetFields, replicaSetRecord),
} as const;

export const podKind = {
  plural: 'Pods',
  resource: 'pods',
  api: '/api/v1',
  fields: podPart,
  read: soundRows('Pod', podFields, podRecord),
} as const;

export const statefulSetKind = {
  plural: 'StatefulSets',
  resource: 'statefulsets.apps',
  api: apps,
  fields: workloadPart,
  read: soundRows('StatefulSet', workloadFields, statefulSetRecord),
} as const;

export const daemonSetKind = {
  plural: 'DaemonSets',
  resource: 'daemonsets.apps',
  api: apps,
  fields: workloadPart,
  read: soundRows('DaemonSet', workloadFields, daemonSetRecord),
} as const;

export const argoRolloutKind = {
  plural: 'Argo Rollouts',
  resource: 'rollouts.argoproj.io',
  api: '/apis/argoproj.io/v1alpha1',
  optional: true,
  fields: workloadPart,
  read: soundRows('Rollout', workloadFields, argoRolloutRecord),
} as const;
