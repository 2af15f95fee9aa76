import type { DeploymentRecords } from '../rollout/records.ts';
import type { EventRecord } from './event-record.ts';

/** What an event is about, which is all that counts here. */
interface EventAbout {
  readonly object: Pick<EventRecord['object'], 'kind' | 'name' | 'uid'>;
}

/** The random part of a pod's name (apimachinery, pkg/util/rand: SafeEncodeString's letters). */
const podSuffix = /^[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/**
 * Whether an event is about a Deployment, one of its ReplicaSets or one of their pods. Pods that are gone already
 * are told by their names, since their events outlive them by an hour and say most about a failure.
 */
export function concernsDeployment(
  { object: { kind, name, uid } }: EventAbout,
  { deployment, replicaSets }: DeploymentRecords,
): boolean {
  if (kind === 'Deployment') return uid === deployment.uid;
  if (kind === 'ReplicaSet') return replicaSets.some((replicaSet) => replicaSet.uid === uid);
  if (kind !== 'Pod') return false;
  const dash = name.lastIndexOf('-');
  const owner = name.slice(0, dash);
  return podSuffix.test(name.slice(dash + 1)) && replicaSets.some((replicaSet) => replicaSet.name === owner);
}
