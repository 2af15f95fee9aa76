import { currentRecord, historyOf } from '../rollout/history.ts';
import { imageTags } from '../rollout/image-tag.ts';
import type { DeploymentRecords, ReplicaSetRecord } from '../rollout/records.ts';
import type { Present } from './checklist.ts';
import type { RevisionRef } from './events.ts';
import { podsReadiness } from './pods-ready.ts';

/** What is seen of the cluster, and what the addresses answered last; `at` is RFC 3339. */
export interface Sighting extends Pick<Present, 'at' | 'health' | 'critical'> {
  /** Undefined where the deployment is gone. */
  readonly records: DeploymentRecords | undefined;
}

/** The present as the checklist needs it: the same wherever it is asked for. */
export function presentOf({ records, ...seen }: Sighting): Present {
  return { ...seen, pods: podsReadiness(records), previous: previousRevision(records) };
}

/** The revision that an undo without a number puts back; undefined where there is none. */
function previousRevision(records: DeploymentRecords | undefined): RevisionRef | undefined {
  if (records === undefined) return undefined;
  const current = currentRecord(records.deployment, records.replicaSets);
  const previous = historyOf(records).find(
    ({ replicaSet, revision }) => replicaSet.uid !== current?.uid && revision !== undefined,
  );
  return previous && recordRef(previous.replicaSet);
}

/** A revision as a run speaks of it. */
export function recordRef({ revision, uid, name, images }: ReplicaSetRecord): RevisionRef {
  return { revision: revision ?? 0, replicaSetUid: uid, replicaSetName: name, version: imageTags(images) };
}
