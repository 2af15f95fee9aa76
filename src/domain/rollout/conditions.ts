interface ConditionLike {
  readonly type: string;
  readonly reason?: string;
  readonly message?: string;
}

const replicaSetInMessage = /^ReplicaSet "([^"]+)"/;

/**
 * Whether the controller says that the rollout exceeded its progress deadline, and says it of this ReplicaSet.
 *
 * Just after a template change the condition of the rollout before may still stand, even at the new
 * observedGeneration; its message names the ReplicaSet that timed out (controller/deployment/progress.go). One that
 * names another than `replicaSet` is not counted; one that names none is. Without `replicaSet` each counts.
 */
export function progressDeadlineExceeded<Item extends ConditionLike>(
  conditions: readonly Item[],
  replicaSet: string | undefined,
): Item | undefined {
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason !== 'ProgressDeadlineExceeded') return undefined;
  const named = replicaSetInMessage.exec(progressing.message ?? '')?.[1];
  return named === undefined || replicaSet === undefined || named === replicaSet ? progressing : undefined;
}
