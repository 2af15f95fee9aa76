import type { LogScope } from '../domain/logs/line.ts';
import type { PodRecord } from '../domain/rollout/records.ts';
import type { Ending } from '../ports/clock.ts';

/** The pods of one deployment, live. */
export interface LivePods {
  pods(): readonly PodRecord[];
  onDidChange(listener: () => void): Ending;
  /** The revision of the pod's ReplicaSet, where it is known. */
  revisionOf(pod: PodRecord): number | undefined;
}

/** A container whose log belongs to a scope. */
export interface ScopedContainer {
  /** Pod's uid and container's name. */
  readonly key: string;
  readonly pod: PodRecord;
  readonly container: string;
}

/** The containers in scope: those of failing pods first, then the newest pods', since not all may find a stream. */
export function containersInScope(pods: readonly PodRecord[], scope: LogScope): ScopedContainer[] {
  return pods
    .filter((pod) => isInScope(pod, scope))
    .sort(
      (a, b) => Number(b.failing) - Number(a.failing) || Date.parse(b.createdAt) - Date.parse(a.createdAt),
    )
    .flatMap((pod) =>
      pod.containers
        .filter((container) => scope.kind !== 'pod' || (scope.container ?? container) === container)
        .map((container) => ({ key: `${pod.uid}/${container}`, pod, container })),
    );
}

function isInScope(pod: PodRecord, scope: LogScope): boolean {
  switch (scope.kind) {
    case 'deployment':
      return true;
    case 'revision':
      return pod.ownerUid === scope.replicaSetUid;
    case 'pod':
      return pod.uid === scope.podUid;
  }
}
