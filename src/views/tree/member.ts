import { healthOf } from '../../domain/rollout/health.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import { healthOfWorkload } from '../../domain/rollout/workload-health.ts';
import type { WorkloadRecords } from '../../domain/rollout/workload-record.ts';
import type { Sortable } from './order.ts';

/** A deployment or other workload among those of its namespace: what filter, order and counts need of it. */
export interface Member extends Sortable {
  readonly uid: string;
  readonly namespace: string;
  /** What the filter looks in: where it is, what it runs, why it was made and what is wrong. */
  texts(): readonly string[];
}

export function deploymentMember(records: DeploymentRecords): Member {
  const { deployment, replicaSets } = records;
  const { state, cause } = healthOf(records);
  const { uid, namespace, name, images } = deployment;
  return {
    kind: 'Deployment',
    uid,
    namespace,
    name,
    state,
    changedAt: changedAt(records),
    texts: () => [
      `${namespace}/${name}`,
      ...images.map(({ image }) => image),
      cause,
      ...replicaSets.map(({ changeCause }) => changeCause ?? ''),
    ],
  };
}

/** A StatefulSet, DaemonSet or Argo Rollout. When it changed last is not known: its age stands for that. */
export function workloadMember(records: WorkloadRecords): Member {
  const { kind, uid, namespace, name, images, createdAt } = records.workload;
  const { state, cause } = healthOfWorkload(records);
  return {
    kind,
    uid,
    namespace,
    name,
    state,
    changedAt: createdAt,
    texts: () => [`${namespace}/${name}`, kind, ...images.map(({ image }) => image), cause],
  };
}

/** The latest time that its objects tell: a rollback to an old ReplicaSet shows in the conditions alone. */
function changedAt({ deployment, replicaSets }: DeploymentRecords): string {
  let latest = deployment.createdAt;
  for (const { createdAt } of replicaSets) if (createdAt > latest) latest = createdAt;
  for (const { lastTransitionTime: at } of deployment.conditions) if (at > latest) latest = at;
  return latest;
}
