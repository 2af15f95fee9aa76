import type { Json } from './json.ts';
import { labelSelector } from './label-selector.ts';
import type { Condition, ContainerImage, DeploymentRecord } from './records.ts';
import { revisionNumber } from './revision-number.ts';
import type { DeploymentPart } from './workload-part.ts';
import type { V1Container, V1DeploymentCondition } from '@kubernetes/client-node';

/** What the store keeps of a Deployment. Counts that the object does not carry (yet) are 0, replicas 1 as the API's default. */
export function deploymentRecord(json: DeploymentPart): DeploymentRecord {
  const { metadata, spec, status } = json;
  return {
    uid: metadata?.uid ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    generation: metadata?.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
    desired: spec?.replicas ?? 1,
    total: status?.replicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    selector: labelSelector(spec?.selector),
    paused: spec?.paused ?? false,
    revision: revisionNumber(metadata?.annotations) ?? 0,
    images: containerImages(spec?.template?.spec?.containers),
    conditions: (status?.conditions ?? []).map(condition),
    createdAt: metadata?.creationTimestamp ?? '',
  };
}

/** Names and images of a template's or pod's containers, in their order. */
export function containerImages(
  containers: readonly Pick<V1Container, 'name' | 'image'>[] | undefined,
): readonly ContainerImage[] {
  return (containers ?? []).map(({ name, image }) => ({ name, image: image ?? '' }));
}

function condition(json: Json<V1DeploymentCondition>): Condition {
  return {
    type: json.type,
    status: json.status,
    reason: json.reason ?? '',
    message: json.message ?? '',
    lastTransitionTime: json.lastTransitionTime ?? '',
  };
}
