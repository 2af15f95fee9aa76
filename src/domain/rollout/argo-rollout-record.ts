import type { V1Container, V1ObjectMeta } from '@kubernetes/client-node';
import { containerImages } from './deployment-record.ts';
import type { Json } from './json.ts';
import {
  healthy,
  notObserved,
  progressing,
  type WorkloadRecord,
  type WorkloadStatus,
} from './workload-record.ts';
import type { WorkloadPart } from './workload-part.ts';

/** An `argoproj.io/v1alpha1` Rollout, as far as it is read here. */
export interface ArgoRolloutJson {
  readonly metadata?: Json<V1ObjectMeta>;
  readonly spec?: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly template?: { readonly spec?: { readonly containers?: readonly Json<V1Container>[] } };
  };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    /** A number in text; of very old controllers, a hash. */
    readonly observedGeneration?: string;
    readonly phase?: string;
    readonly message?: string;
  };
}

/** What the store keeps of an Argo Rollout. */
export function argoRolloutRecord(json: WorkloadPart<ArgoRolloutJson>): WorkloadRecord {
  const { metadata, spec, status } = json;
  return {
    kind: 'Rollout',
    uid: metadata?.uid ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    desired: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    paused: spec?.paused === true || status?.phase === 'Paused',
    images: containerImages(spec?.template?.spec?.containers),
    status: statusOf(json),
    createdAt: metadata?.creationTimestamp ?? '',
  };
}

/** The phase and message that its controller writes (argo-rollouts, utils/rollout: GetRolloutPhase). */
function statusOf({ metadata, spec, status }: WorkloadPart<ArgoRolloutJson>): WorkloadStatus {
  const observed = Number(status?.observedGeneration);
  if (Number.isInteger(observed) && observed !== metadata?.generation) return notObserved;
  const message = status?.message ?? '';
  const said = message === '' ? '' : `: ${message}`;
  switch (status?.phase) {
    case 'Degraded':
      return { state: 'degraded', words: `Degraded${said}`, cause: message };
    case 'Paused':
      return { state: 'paused', words: `Paused${said}`, cause: message || 'paused' };
    case 'Healthy':
      return spec?.replicas === 0
        ? { state: 'scaledToZero', words: 'Scaled to zero', cause: 'scaled to zero' }
        : healthy(message || undefined);
    case 'Progressing':
      return progressing(message || 'the rollout goes on');
    case undefined:
      return progressing('its controller has said nothing about it yet');
    default:
      return progressing(`${status?.phase ?? ''}${said}`);
  }
}
