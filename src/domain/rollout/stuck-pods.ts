import { currentRecord } from './history.ts';
import { problemWords } from './pod-problem-words.ts';
import type { DeploymentRecords } from './records.ts';

/**
 * Why a rollout makes no progress, by the pods of its ReplicaSet (the current one by default) that are not ready, else by
 * the controller's word that it can make none. Empty where nothing tells.
 */
export function stuckWords(
  { deployment, replicaSets, pods }: DeploymentRecords,
  replicaSetUid = currentRecord(deployment, replicaSets)?.uid,
): string {
  const stuck = pods.filter(
    ({ ownerUid, ready, terminating }) => ownerUid === replicaSetUid && !ready && !terminating,
  );
  const words = problemWords(stuck);
  if (words !== '') return words;
  if (stuck.length > 0) return `${stuck.length} ${stuck.length === 1 ? 'pod' : 'pods'} not ready`;
  const failure = deployment.conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return failure === undefined ? '' : `pods cannot be created: ${failure.message || failure.reason}`;
}
