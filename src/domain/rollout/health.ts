import { progressDeadlineExceeded } from './conditions.ts';
import { currentRecord } from './history.ts';
import { mainProblem, problemWords, shortCause } from './pod-problem-words.ts';
import type { Condition, DeploymentRecord, DeploymentRecords, PodRecord } from './records.ts';

export type HealthState = 'healthy' | 'progressing' | 'degraded' | 'paused' | 'scaledToZero';

/** How a Deployment does, in a state for the icon and in words. */
export interface Health {
  readonly state: HealthState;
  /** A sentence that begins with the state: `Degraded: 3 pods crash-looping (exit code 1)`. */
  readonly words: string;
  /** The cause in two or three words for a tree row (`crash loop`), empty where there is nothing to explain. */
  readonly cause: string;
  /** RFC 3339: since when, where a condition of the controller tells; undefined where it is not truly known. */
  readonly since: string | undefined;
  /** Pods that cannot become Ready without help and count for this Deployment's state. */
  readonly failingPods: readonly PodRecord[];
}

/**
 * The health of a Deployment. In this order:
 * scaled to zero; degraded by failing pods, also while all old pods still serve; degraded by what the controller
 * says (pods cannot be created, progress deadline exceeded); paused; degraded because pods that had been available
 * no longer are; progressing; healthy. Conditions count only once the controller has seen the newest spec.
 */
export function healthOf(records: DeploymentRecords): Health {
  const health = ofWhatIsSeen(records);
  const { podsUnseen } = records;
  return podsUnseen === undefined ? health : { ...health, words: `${health.words}. ${podsUnseen}` };
}

function ofWhatIsSeen(records: DeploymentRecords): Health {
  const { deployment } = records;
  if (deployment.desired === 0) return scaledToZero(deployment);
  const failingPods = failingPodsOf(records);
  const degraded = degradedByPods(deployment, failingPods) ?? degradedByConditions(records);
  if (degraded) return { ...degraded, failingPods };
  const calm = { since: undefined, failingPods };
  if (deployment.paused)
    return { ...calm, state: 'paused', cause: 'paused', words: `Paused: ${availability(deployment)}` };
  const lost = availabilityLost(records);
  if (lost) return { ...lost, failingPods };
  const progress = progressWords(deployment);
  if (progress === undefined) return { ...calm, state: 'healthy', cause: '', words: 'Healthy' };
  return { ...calm, state: 'progressing', cause: waitingCause(records), words: `Progressing: ${progress}` };
}

type Verdict = Omit<Health, 'failingPods'>;

function scaledToZero({ total, paused }: DeploymentRecord): Health {
  const rest = total === 0 ? '' : `: ${total} ${replicas(total)} pending termination`;
  const words = `Scaled to zero${paused ? ' (paused)' : ''}${rest}`;
  return { state: 'scaledToZero', words, cause: 'scaled to zero', since: undefined, failingPods: [] };
}

/**
 * Pods of an old revision do not count while a rollout replaces them: their failing is what it mends. Pods that
 * ended for good have been replaced: they count only while replicas are missing.
 */
function failingPodsOf({ deployment, replicaSets, pods }: DeploymentRecords): readonly PodRecord[] {
  const current = currentRecord(deployment, replicaSets);
  const replacing = !deployment.paused && isSeen(deployment) && deployment.total > deployment.updated;
  return pods.filter(
    (pod) =>
      pod.failing &&
      !pod.terminating &&
      !(pod.finished && deployment.available >= deployment.desired) &&
      !(replacing && current !== undefined && pod.ownerUid !== current.uid),
  );
}

function degradedByPods(deployment: DeploymentRecord, pods: readonly PodRecord[]): Verdict | undefined {
  const kind = mainProblem(pods);
  if (kind === undefined) return undefined;
  return degraded(deployment, problemWords(pods), shortCause(kind), unavailableSince(deployment));
}

function degradedByConditions({ deployment, replicaSets, pods }: DeploymentRecords): Verdict | undefined {
  if (!isSeen(deployment)) return undefined;
  const failure = conditionOf(deployment, 'ReplicaFailure');
  if (failure?.status === 'True') {
    const cause = failure.message.includes('exceeded quota') ? 'quota exceeded' : 'pods cannot be created';
    return degraded(
      deployment,
      `pods cannot be created: ${failure.message || failure.reason}`,
      cause,
      failure,
    );
  }
  const late = progressDeadlineExceeded(deployment.conditions, currentRecord(deployment, replicaSets)?.name);
  if (late === undefined) return undefined;
  const reasons = problemWords(pods.filter(({ ready, terminating }) => !ready && !terminating));
  const words = `progress deadline exceeded, ${availability(deployment)}${reasons && ` (${reasons})`}`;
  return degraded(deployment, words, 'deadline exceeded', late);
}

function degraded(
  { paused }: DeploymentRecord,
  words: string,
  cause: string,
  condition: Condition | undefined,
): Verdict {
  const since = condition?.lastTransitionTime || undefined;
  return { state: 'degraded', words: `Degraded${paused ? ' (paused)' : ''}: ${words}`, cause, since };
}

/**
 * The rollout had completed, and now fewer pods are available than its strategy allows. A pod that is older than
 * that loss tells it from a scale-up, whose new pods are on their way.
 */
function availabilityLost({ deployment, pods }: DeploymentRecords): Verdict | undefined {
  const since = unavailableSince(deployment);
  const completed = conditionOf(deployment, 'Progressing')?.reason === 'NewReplicaSetAvailable';
  if (!since || !completed || !isSeen(deployment)) return undefined;
  const stopped = pods.filter(
    ({ ready, terminating, createdAt }) => !ready && !terminating && createdAt < since.lastTransitionTime,
  );
  if (stopped.length === 0) return undefined;
  const reasons = problemWords(stopped);
  const words = `${availability(deployment)}${reasons && ` (${reasons})`}`;
  return degraded(deployment, words, shortCause(mainProblem(stopped) ?? 'notReady'), since);
}

function progressWords(deployment: DeploymentRecord): string | undefined {
  const { desired, updated, total, available } = deployment;
  if (!isSeen(deployment)) return 'the controller has not seen the newest spec yet';
  if (updated < desired) return `${updated} of ${desired} replicas updated`;
  if (total > updated) return `${total - updated} old ${replicas(total - updated)} pending termination`;
  return available < updated ? `${available} of ${updated} updated replicas available` : undefined;
}

/** Why the new pods are not available yet, where they tell. */
function waitingCause({ pods }: DeploymentRecords): string {
  const kind = mainProblem(
    pods.filter(({ ready, terminating, failing }) => !ready && !terminating && !failing),
  );
  return kind === undefined ? '' : shortCause(kind);
}

function availability({ available, desired }: DeploymentRecord): string {
  return `${available} of ${desired} ${replicas(desired)} available`;
}

function unavailableSince(deployment: DeploymentRecord): Condition | undefined {
  const available = conditionOf(deployment, 'Available');
  return available?.status === 'False' && isSeen(deployment) ? available : undefined;
}

function conditionOf({ conditions }: DeploymentRecord, type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

function isSeen({ generation, observedGeneration }: DeploymentRecord): boolean {
  return generation <= observedGeneration;
}

function replicas(count: number): string {
  return count === 1 ? 'replica' : 'replicas';
}
