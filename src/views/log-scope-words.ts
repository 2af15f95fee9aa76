import type { LogScope } from '../domain/logs/line.ts';
import { currentRecord } from '../domain/rollout/history.ts';
import type { DeploymentRecords } from '../domain/rollout/records.ts';
import { isWritten, type RollbackState } from '../domain/runbook/state.ts';
import { numberWords } from './revision-words.ts';

/** What is shown in a log area, in words for its toolbar. */
export interface ShownScope {
  readonly scope: LogScope;
  readonly words: string;
}

/** The words for it now: a rollback gives a revision a new number. The old words where the revision is not among the records. */
export function scopeWords({ scope, words }: ShownScope, records: DeploymentRecords): string {
  if (scope.kind !== 'revision') return words;
  const replicaSet = records.replicaSets.find(({ uid }) => uid === scope.replicaSetUid);
  return replicaSet === undefined
    ? words
    : `Revision ${numberWords({ revision: replicaSet.revision, replicaSet })}`;
}

/** The title of one of two areas side by side: what it was to the rollback or, as long as none was written, to the cluster. */
export function sideTitle(
  { scope, words }: ShownScope,
  rollback: RollbackState | undefined,
  records: DeploymentRecords | undefined,
): string {
  if (scope.kind !== 'revision') return words;
  const uid = scope.replicaSetUid;
  if (rollback !== undefined && isWritten(rollback)) {
    if (uid === rollback.from.replicaSetUid) return `Before: ${words}`;
    return uid === rollback.to.replicaSetUid ? `After: ${words}` : words;
  }
  const isCurrent =
    records !== undefined && currentRecord(records.deployment, records.replicaSets)?.uid === uid;
  return isCurrent ? `Current: ${words}` : words;
}
