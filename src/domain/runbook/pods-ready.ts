import { currentRecord } from '../rollout/history.ts';
import { podCause } from '../rollout/pod-cause.ts';
import type { DeploymentRecords, PodRecord } from '../rollout/records.ts';

export interface PodsReadiness {
  /** Every wanted pod of the wanted revision is Ready, and no pod of another revision is left running. */
  readonly ready: boolean;
  readonly failing: boolean;
  /** `2 of 3`. */
  readonly summary: string;
  /** One line a pod, with its name; else why there are none. */
  readonly details: readonly { readonly text: string; readonly pod?: string }[];
}

/** How ready the pods of one ReplicaSet are, the current one by default. */
export function podsReadiness(records: DeploymentRecords | undefined, replicaSetUid?: string): PodsReadiness {
  if (records === undefined)
    return {
      ready: false,
      failing: true,
      summary: 'gone',
      details: [{ text: 'The deployment is not there any more.' }],
    };
  const { deployment, replicaSets, pods, podsUnseen } = records;
  if (podsUnseen !== undefined)
    return { ready: false, failing: true, summary: 'cannot be seen', details: [{ text: podsUnseen }] };
  const uid = replicaSetUid ?? currentRecord(deployment, replicaSets)?.uid;
  // An evicted pod stays in the list; its ReplicaSet has made another in its place.
  const live = pods.filter((pod) => !pod.terminating && !pod.finished);
  const own = live.filter((pod) => pod.ownerUid === uid);
  const others = live.filter((pod) => pod.ownerUid !== uid);
  const ready = own.filter((pod) => pod.ready).length;
  const settled = deployment.observedGeneration >= deployment.generation;
  return {
    ready:
      settled &&
      deployment.desired > 0 &&
      ready >= deployment.desired &&
      ready === own.length &&
      others.length === 0,
    failing: deployment.desired === 0 || own.some((pod) => pod.failing),
    summary: deployment.desired === 0 ? 'scaled to zero' : `${ready} of ${deployment.desired}`,
    details: own.map((pod) => ({ text: podWords(pod), pod: pod.name })),
  };
}

function podWords(pod: PodRecord): string {
  const cause = podCause(pod);
  const words = pod.ready ? 'ready' : cause === '' ? 'not ready yet' : cause;
  return `${pod.name}: ${pod.state}, ${words}`;
}
