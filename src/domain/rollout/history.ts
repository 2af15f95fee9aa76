import { byNumber, byText } from './order.ts';
import type { DeploymentRecord, DeploymentRecords, PodRecord, ReplicaSetRecord } from './records.ts';

/** One revision of a Deployment, as the tree shows it. */
export interface RevisionEntry {
  readonly replicaSet: ReplicaSetRecord;
  /** Undefined where the annotation is no number. */
  readonly revision: number | undefined;
  /**
   * The number that an undo reaches it by. Undefined where none does: the annotation is missing (0 asks for the previous
   * one), negative or no number, or another ReplicaSet carries the same number and comes first.
   */
  readonly undoTo: number | undefined;
  /** Whether the Deployment runs, or is on its way to, this one. */
  readonly current: boolean;
  readonly pods: readonly PodRecord[];
}

/** A Deployment's revisions, newest first, each with its pods, oldest first. */
export function historyOf(records: DeploymentRecords): readonly RevisionEntry[] {
  const current = currentRecord(records.deployment, records.replicaSets);
  const pods = Map.groupBy(records.pods, ({ ownerUid }) => ownerUid);
  const reached = reachedByNumber(records.replicaSets, current);
  return records.replicaSets.toSorted(newestFirst).map((replicaSet) => ({
    replicaSet,
    revision: replicaSet.revision,
    undoTo: reached.has(replicaSet) ? replicaSet.revision : undefined,
    current: replicaSet.uid === current?.uid,
    pods: (pods.get(replicaSet.uid) ?? []).toSorted(oldestFirst),
  }));
}

/** Of each number that an undo can ask for, the ReplicaSet that it takes (see `controlledReplicaSets`). */
function reachedByNumber(
  replicaSets: readonly ReplicaSetRecord[],
  current: ReplicaSetRecord | undefined,
): ReadonlySet<ReplicaSetRecord> {
  const askable = replicaSets.filter(({ revision = 0 }) => revision > 0 && Number.isSafeInteger(revision));
  const inOrder = askable.toSorted(
    (a, b) => Number(a === current) - Number(b === current) || oldestFirst(a, b),
  );
  return new Set(
    new Map(inOrder.toReversed().map((replicaSet) => [replicaSet.revision, replicaSet])).values(),
  );
}

function oldestFirst<Item extends { readonly createdAt: string; readonly name: string }>(
  a: Item,
  b: Item,
): number {
  return byText(a.createdAt, b.createdAt) || byText(a.name, b.name);
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
