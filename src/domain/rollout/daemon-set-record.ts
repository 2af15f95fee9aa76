import type { V1DaemonSet } from '@kubernetes/client-node';
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

export type DaemonSetJson = Json<V1DaemonSet>;

/** What the store keeps of a DaemonSet. */
export function daemonSetRecord(json: WorkloadPart<DaemonSetJson>): WorkloadRecord {
  const { metadata, spec, status } = json;
  return {
    kind: 'DaemonSet',
    uid: metadata?.uid ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    desired: status?.desiredNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
    paused: false,
    images: containerImages(spec?.template?.spec?.containers),
    status: statusOf(json),
    createdAt: metadata?.creationTimestamp ?? '',
  };
}

/** By the rules of `kubectl rollout status` (rollout_status.go: DaemonSetStatusViewer.Status), which refuses OnDelete. */
function statusOf({ metadata, spec, status }: WorkloadPart<DaemonSetJson>): WorkloadStatus {
  const desired = status?.desiredNumberScheduled ?? 0;
  const updated = status?.updatedNumberScheduled ?? 0;
  const available = status?.numberAvailable ?? 0;
  if ((metadata?.generation ?? 0) > (status?.observedGeneration ?? 0)) return notObserved;
  if (desired === 0)
    return { state: 'scaledToZero', words: 'No node matches: no pods are wanted', cause: 'no node matches' };
  const onDelete = spec?.updateStrategy?.type === 'OnDelete';
  if (updated < desired && !onDelete) return progressing(`${updated} of ${desired} pods updated`);
  if (available < desired) return progressing(`${available} of ${desired} pods available`);
  return updated < desired
    ? healthy(
        `${desired - updated} of ${desired} pods run an older template until they are deleted (OnDelete)`,
      )
    : healthy();
}
