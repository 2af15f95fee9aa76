import { currentRecord } from '../rollout/history.ts';
import { podCause } from '../rollout/pod-cause.ts';
import type { DeploymentRecords, PodRecord } from '../rollout/records.ts';
import type { StepMemory } from './checks.ts';
import type { RollbackState } from './state.ts';

/** Something that must not happen after a rollback, and has. */
export interface WatchFinding {
  readonly kind: 'gone' | 'template' | 'restarts' | 'failing' | 'errors';
  /** Two or three words. */
  readonly summary: string;
  /** One sentence. */
  readonly words: string;
  /** The pod that it was seen at. */
  readonly pod?: string;
}

/**
 * What is to be known of the pods later: how often each of the revision that was put back had restarted. Pods that were there
 * when the watch began had restarted before it, unless their last end came after `surelyAfter`; younger ones had not. Both
 * times are RFC 3339 in UTC; the second leaves room for the clocks of nodes. Pods that cannot be seen for a while are not forgotten.
 */
export function rememberedPods(
  before: StepMemory | undefined,
  { since, surelyAfter }: { readonly since: string; readonly surelyAfter: string },
  { pods, podsUnseen }: Pick<DeploymentRecords, 'pods' | 'podsUnseen'>,
  replicaSetUid: string,
): StepMemory {
  if (podsUnseen !== undefined && before !== undefined) return before;
  const restarts: Record<string, number> = {};
  for (const pod of ownPods(pods, replicaSetUid))
    restarts[pod.uid] =
      before === undefined ? restartsBefore(pod, surelyAfter) : (before.restarts[pod.uid] ?? 0);
  return { since, restarts };
}

function restartsBefore({ restarts, lastTermination }: PodRecord, surelyAfter: string): number {
  // In one zone and from the greatest to the smallest, so that text sorts as time does.
  const later = (lastTermination?.finishedAt ?? '') > surelyAfter;
  return later ? Math.max(0, restarts - 1) : restarts;
}

function ownPods(pods: readonly PodRecord[], replicaSetUid: string): readonly PodRecord[] {
  return pods.filter(({ ownerUid, terminating }) => ownerUid === replicaSetUid && !terminating);
}

/**
 * What has come back since the rollback was complete, the worst first; empty where all is as it was left. `records` are what
 * the cluster shows now, undefined where the deployment is not there.
 */
export function watchFindings(
  { from, to, intent }: Pick<RollbackState, 'from' | 'to' | 'intent'>,
  memory: StepMemory,
  records: DeploymentRecords | undefined,
): readonly WatchFinding[] {
  if (records === undefined)
    return [{ kind: 'gone', summary: 'deleted', words: 'The deployment was deleted.' }];
  if (intent !== undefined && intent.uid !== records.deployment.uid)
    return [
      {
        kind: 'gone',
        summary: 'deleted, made anew',
        words: 'The deployment was deleted and made anew: it is not the one that was rolled back.',
      },
    ];
  const own = ownPods(records.pods, to.replicaSetUid);
  return [...templateFindings(from, to, records), ...restartFindings(own, memory), ...failingFindings(own)];
}

/** Whether the template is still the one that was put back, and its revision the one that runs. */
export function templateFindings(
  from: RollbackState['from'],
  to: RollbackState['to'],
  { deployment, replicaSets, revisionsUnseen }: DeploymentRecords,
): readonly WatchFinding[] {
  // Before the controller has seen the newest spec, its ReplicaSets are still those of the one before.
  if (revisionsUnseen !== undefined || deployment.observedGeneration < deployment.generation) return [];
  const current = currentRecord(deployment, replicaSets);
  if (current === undefined) return [];
  if (current.uid === from.replicaSetUid)
    return [
      {
        kind: 'template',
        summary: 'failing revision is back',
        words: `The failing revision (${from.version}) was put back: the deployment runs ReplicaSet ${current.name} again.`,
      },
    ];
  if (current.uid !== to.replicaSetUid)
    return [
      {
        kind: 'template',
        summary: 'another revision runs',
        words: `Another revision was deployed: the deployment runs ReplicaSet ${current.name}, not ${to.replicaSetName}.`,
      },
    ];
  const bad = replicaSets.find(({ uid, desired }) => uid === from.replicaSetUid && desired > 0);
  if (bad === undefined) return [];
  return [
    {
      kind: 'template',
      summary: 'failing revision scaled up',
      words: `The ReplicaSet ${bad.name} of the failing revision (${from.version}) was scaled up to ${bad.desired}.`,
    },
  ];
}

function restartFindings(own: readonly PodRecord[], { restarts }: StepMemory): readonly WatchFinding[] {
  return own.flatMap((pod) => {
    const more = pod.restarts - (restarts[pod.uid] ?? 0);
    if (more <= 0) return [];
    const cause = podCause(pod);
    return [
      {
        kind: 'restarts' as const,
        summary: 'a pod restarted',
        words: `${pod.name} restarted ${more === 1 ? 'once' : `${more} times`} since the rollback${cause === '' ? '' : `: ${cause}`}.`,
        pod: pod.name,
      },
    ];
  });
}

function failingFindings(own: readonly PodRecord[]): readonly WatchFinding[] {
  return own
    .filter(({ failing, finished }) => failing && !finished)
    .map((pod) => ({
      kind: 'failing',
      summary: 'a pod is failing',
      words: `${pod.name} is failing: ${podCause(pod) || pod.state}.`,
      pod: pod.name,
    }));
}

/** `9 min left`, `less than a minute left`. */
export function timeLeft(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return ms < 60_000 ? 'less than a minute left' : `${minutes} min left`;
}
