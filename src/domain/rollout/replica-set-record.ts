import { changeCauseAnnotation, templateHashLabel } from './annotations.ts';
import { containerImages } from './deployment-record.ts';
import { controllerUid } from './owner.ts';
import type { ReplicaSetRecord } from './records.ts';
import { formerRevisions, revisionNumber } from './revision-number.ts';
import type { ReplicaSetPart } from './workload-part.ts';

/** What the store keeps of a ReplicaSet. */
export function replicaSetRecord(json: ReplicaSetPart): ReplicaSetRecord {
  const { metadata, spec, status } = json;
  return {
    uid: metadata?.uid ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    ownerUid: controllerUid(json),
    revision: revisionNumber(metadata?.annotations),
    formerRevisions: formerRevisions(metadata?.annotations),
    templateHash: metadata?.labels?.[templateHashLabel] ?? '',
    changeCause: changeCause(json),
    images: containerImages(spec?.template?.spec?.containers),
    desired: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    createdAt: metadata?.creationTimestamp ?? '',
  };
}

/**
 * Why this revision was made, in the words of who made it: the ReplicaSet's annotation kubernetes.io/change-cause,
 * else its template's, undefined where both are missing or empty (kubectl, history.go: ViewHistory).
 */
export function changeCause(json: ReplicaSetPart): string | undefined {
  const own = json.metadata?.annotations?.[changeCauseAnnotation];
  const ofTemplate = json.spec?.template?.metadata?.annotations?.[changeCauseAnnotation];
  return own || ofTemplate || undefined;
}
