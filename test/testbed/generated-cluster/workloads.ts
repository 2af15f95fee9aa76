import { managedFields } from './managed-fields.ts';
import {
  imageOf,
  labelsOf,
  nameOf,
  podTemplateSpec,
  templateHash,
  type Application,
} from './pod-template-spec.ts';
import { hole } from './template.ts';

const createdAt = '2026-01-05T10:00:00Z';
const seenAt = '2026-01-10T08:15:30Z';

const deploymentUid = `d0000000-0000-4000-8000-000000${hole.deployment}`;
export const replicaSetUid = `e0000000-0000-4000-8000-000000${hole.replicaSet}`;

/** A Deployment of `pods` pods at its newest of `revisions`; `failing`: its pods never become ready. */
export function deploymentObject(
  application: Application,
  {
    pods,
    revisions,
    failing,
  }: { readonly pods: number; readonly revisions: number; readonly failing: boolean },
): object {
  const labels = labelsOf(application);
  const selector = { matchLabels: { app: nameOf(application) } };
  const spec = {
    replicas: pods,
    selector,
    template: { metadata: { labels }, spec: podTemplateSpec(application, revisions) },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  };
  const ready = failing ? 0 : pods;
  const status = {
    observedGeneration: revisions,
    replicas: pods,
    updatedReplicas: pods,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: pods - ready,
    conditions: [
      condition('Available', !failing, failing ? 'MinimumReplicasUnavailable' : 'MinimumReplicasAvailable'),
      condition('Progressing', !failing, failing ? 'ProgressDeadlineExceeded' : 'NewReplicaSetAvailable'),
    ],
  };
  return whole('Deployment', 'kubectl-client-side-apply', spec, status, {
    name: nameOf(application),
    uid: deploymentUid,
    generation: revisions,
    labels,
    annotations: { 'deployment.kubernetes.io/revision': String(revisions) },
  });
}

/** The ReplicaSet of one revision; only the newest, which is `current`, has pods. */
export function replicaSetObject(
  application: Application,
  {
    pods,
    revision,
    current,
    failing,
  }: {
    readonly pods: number;
    readonly revision: number;
    readonly current: boolean;
    readonly failing: boolean;
  },
): object {
  const replicas = current ? pods : 0;
  const labels = { ...labelsOf(application), 'pod-template-hash': templateHash };
  const spec = {
    replicas,
    selector: { matchLabels: { app: nameOf(application), 'pod-template-hash': templateHash } },
    template: { metadata: { labels }, spec: podTemplateSpec(application, revision) },
  };
  const ready = failing ? 0 : replicas;
  const status = {
    replicas,
    fullyLabeledReplicas: replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    observedGeneration: 2,
  };
  return whole('ReplicaSet', 'kube-controller-manager', spec, status, {
    name: `${nameOf(application)}-${templateHash}`,
    uid: replicaSetUid,
    generation: 2,
    labels,
    annotations: {
      'deployment.kubernetes.io/desired-replicas': String(pods),
      'deployment.kubernetes.io/max-replicas': String(Math.ceil(pods * 1.25)),
      'deployment.kubernetes.io/revision': String(revision),
      'kubernetes.io/change-cause': `release ${imageOf(application, revision)}`,
    },
    ownerReferences: [owner('apps/v1', 'Deployment', nameOf(application), deploymentUid)],
  });
}

export function owner(apiVersion: string, kind: string, name: string, uid: string): object {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

function whole(
  kind: string,
  manager: string,
  spec: object,
  status: object,
  metadata: Readonly<Record<string, unknown>>,
): object {
  const { name, uid, generation, ...rest } = metadata;
  const object = { kind, apiVersion: 'apps/v1', metadata: rest, spec, status };
  const fields = managedFields(object, { manager }, 'kube-controller-manager');
  const common = { namespace: `team-${hole.namespace}`, uid, resourceVersion: hole.version, generation };
  return {
    ...object,
    metadata: { name, ...common, creationTimestamp: createdAt, ...rest, managedFields: fields },
  };
}

function condition(type: string, holds: boolean, reason: string): object {
  return {
    type,
    status: holds ? 'True' : 'False',
    lastUpdateTime: seenAt,
    lastTransitionTime: seenAt,
    reason,
    message: `The controller says ${reason}.`,
  };
}
