import { controlledReplicaSets } from './controlled-replica-sets.ts';
import type { DeploymentJson, ReplicaSetJson } from './json.ts';
import { byNumber, byText } from './order.ts';
import { changeCause } from './replica-set-record.ts';
import type { DeploymentRecord, DeploymentRecords, PodRecord, ReplicaSetRecord } from './records.ts';
import { revisionNumber } from './revision-number.ts';

/** One revision of a Deployment, as the tree shows it. */
export interface RevisionEntry {
  readonly replicaSet: ReplicaSetRecord;
  /** Undefined where the annotation is no number: the revision cannot be asked for then. */
  readonly revision: number | undefined;
  /** Whether the Deployment runs, or is on its way to, this one. */
  readonly current: boolean;
  readonly pods: readonly PodRecord[];
}

/** A Deployment's revisions, newest first, each with its pods, oldest first. */
export function historyOf(records: DeploymentRecords): readonly RevisionEntry[] {
  const current = currentRecord(records.deployment, records.replicaSets);
  const pods = Map.groupBy(records.pods, ({ ownerUid }) => ownerUid);
  return records.replicaSets.toSorted(newestFirst).map((replicaSet) => ({
    replicaSet,
    revision: replicaSet.revision,
    current: replicaSet.uid === current?.uid,
    pods: (pods.get(replicaSet.uid) ?? []).toSorted(
      (a, b) => byText(a.createdAt, b.createdAt) || byText(a.name, b.name),
    ),
  }));
}

/**
 * The ReplicaSet that a Deployment runs: the one with the Deployment's revision number, which its controller copies
 * from it; else the one with the highest, undefined where there is none.
 */
export function currentRecord(
  deployment: DeploymentRecord,
  replicaSets: readonly ReplicaSetRecord[],
): ReplicaSetRecord | undefined {
  const sorted = replicaSets.toSorted(newestFirst);
  return sorted.find(({ revision }) => revision === deployment.revision) ?? sorted[0];
}

function newestFirst(a: ReplicaSetRecord, b: ReplicaSetRecord): number {
  return (
    byNumber(b.revision ?? -Infinity, a.revision ?? -Infinity) ||
    byText(b.createdAt, a.createdAt) ||
    byText(a.name, b.name)
  );
}

/** A line of `kubectl rollout history`. */
export interface HistoryLine {
  readonly revision: number;
  /** `<none>` where there is none. */
  readonly changeCause: string;
}

/**
 * The lines of `kubectl rollout history deployment`, ascending (history.go: DeploymentHistoryViewer.ViewHistory). Of
 * ReplicaSets with the same number the last shows: the one that matches the live template, else the youngest. An
 * unreadable number is left out, as kubectl leaves it out with a warning. Empty means `No rollout history found.`
 */
export function rolloutHistory(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): readonly HistoryLine[] {
  const causes = new Map<number, string>();
  for (const replicaSet of controlledReplicaSets(deployment, replicaSets)) {
    const revision = revisionNumber(replicaSet.metadata?.annotations);
    if (revision !== undefined) causes.set(revision, changeCause(replicaSet) ?? '<none>');
  }
  return [...causes]
    .map(([revision, cause]) => ({ revision, changeCause: cause }))
    .toSorted((a, b) => byNumber(a.revision, b.revision));
}
