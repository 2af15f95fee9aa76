import { historyOf, type RevisionEntry } from '../domain/rollout/history.ts';
import type { DeploymentRecords } from '../domain/rollout/records.ts';
import { isWritten, type RollbackState } from '../domain/runbook/state.ts';

/** Two revisions whose logs are looked at side by side. */
export interface ComparedRevisions {
  readonly before: RevisionEntry;
  readonly after: RevisionEntry;
}

/**
 * The revision that was left and the one that a rollback led to; without a rollback the one before the current one (of those
 * that have pods, where any has) and the current one. Undefined where there are no two.
 */
export function comparedRevisions(
  records: DeploymentRecords,
  rollback: RollbackState | undefined,
): ComparedRevisions | undefined {
  const history = historyOf(records);
  const byUid = (uid: string) => history.find(({ replicaSet }) => replicaSet.uid === uid);
  if (rollback !== undefined && isWritten(rollback)) {
    const before = byUid(rollback.from.replicaSetUid);
    const after = byUid(rollback.to.replicaSetUid);
    if (before !== undefined && after !== undefined) return { before, after };
  }
  const current = history.find((entry) => entry.current);
  const others = history.filter((entry) => !entry.current);
  const before = others.find(({ pods }) => pods.length > 0) ?? others[0];
  return current === undefined || before === undefined ? undefined : { before, after: current };
}
