import { currentRecord, historyOf } from '../rollout/history.ts';
import { imageTags } from '../rollout/image-tag.ts';
import type { DeploymentRecords, ReplicaSetRecord } from '../rollout/records.ts';
import type { RevisionRef } from './events.ts';

/** The revision that an undo without a number puts back; undefined where there is none. */
export function previousRevision(records: DeploymentRecords): RevisionRef | undefined {
  const current = currentRecord(records.deployment, records.replicaSets);
  const previous = historyOf(records).find(
    ({ replicaSet, revision }) => replicaSet.uid !== current?.uid && revision !== undefined,
  );
  return previous && revisionRef(previous.replicaSet);
}

/** A revision as a run speaks of it. */
export function revisionRef({ revision, uid, name, images }: ReplicaSetRecord): RevisionRef {
  return { revision: revision ?? 0, replicaSetUid: uid, replicaSetName: name, version: imageTags(images) };
}
