import type { V1StatefulSet } from '@kubernetes/client-node';
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

export type StatefulSetJson = Json<V1StatefulSet>;

/** What the store keeps of a StatefulSet. */
export function statefulSetRecord(json: WorkloadPart<StatefulSetJson>): WorkloadRecord {
  const { metadata, spec, status } = json;
  return {
    kind: 'StatefulSet',
    uid: metadata?.uid ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    desired: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    paused: false,
    images: containerImages(spec?.template?.spec?.containers),
    status: statusOf(json),
    createdAt: metadata?.creationTimestamp ?? '',
  };
}

/**
 * By the rules of `kubectl rollout status` (rollout_status.go: StatefulSetStatusViewer.Status), which refuses OnDelete:
 * there, pods of an old template stay until somebody deletes them, so that they are a note and not progress.
 */
function statusOf({ metadata, spec, status }: WorkloadPart<StatefulSetJson>): WorkloadStatus {
  const desired = spec?.replicas ?? 1;
  const ready = status?.readyReplicas ?? 0;
  const updated = status?.updatedReplicas ?? 0;
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (metadata?.generation ?? 0) > observed) return notObserved;
  if (desired === 0) return { state: 'scaledToZero', words: 'Scaled to zero', cause: 'scaled to zero' };
  if (ready < desired) return progressing(`${ready} of ${desired} pods ready`);
  if (spec?.updateStrategy?.type === 'OnDelete')
    return updated < desired
      ? healthy(
          `${desired - updated} of ${desired} pods run an older template until they are deleted (OnDelete)`,
        )
      : healthy();
  const partition = spec?.updateStrategy?.rollingUpdate?.partition;
  if (partition !== undefined) {
    const wanted = Math.max(0, desired - partition);
    if (updated < wanted) return progressing(`${updated} of ${wanted} pods updated`);
    return partition === 0 || updated >= desired
      ? healthy()
      : healthy(
          `${desired - updated} of ${desired} pods are kept at the older template (partition ${partition})`,
        );
  }
  if (status?.updateRevision !== status?.currentRevision)
    return progressing(`${updated} of ${desired} pods updated`);
  return healthy();
}
