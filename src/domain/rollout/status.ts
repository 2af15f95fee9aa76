import { progressDeadlineExceeded } from './conditions.ts';
import type { DeploymentJson } from './json.ts';
import { goQuoted } from './go-quoted.ts';
import { exactRevision } from './revision-number.ts';
import { revisionAnnotation } from './annotations.ts';

/** Which rollout is waited for. */
export interface WantedRollout {
  /** As `kubectl rollout status --revision`: another running revision is an error. 0 or undefined asks for none. */
  readonly revision?: number;
  /**
   * Name of the ReplicaSet that the rollout leads to. With it, an exceeded deadline that names another ReplicaSet is
   * ignored: it is left over from the rollout before. The controller does not rewrite it when the new rollout never
   * progresses at all, so the caller needs a time limit of its own.
   */
  readonly replicaSetName?: string;
  /**
   * Seconds since this rollout began. A deadline that is longer cannot have passed: where the one of the rollout before ends
   * just as the template changes, the controller says it of the new ReplicaSet for a moment.
   */
  readonly ageSeconds?: number;
}

/** What `kubectl rollout status` says, without its line end. */
export interface RolloutStatus {
  /** kubectl's sentence, also where it ends in an error. */
  readonly message: string;
  /** True once the rollout is complete. A Deployment of 0 replicas is, a paused one may never be. */
  readonly done: boolean;
  /** Where set, kubectl would end with this error. */
  readonly error?: {
    readonly reason: 'deadlineExceeded' | 'revisionDiffers' | 'revisionUnreadable';
    readonly message: string;
  };
}

/** What the API server fills in for progressDeadlineSeconds. */
export const defaultDeadlineSeconds = 600;

/** The status of a rollout by kubectl's rules, sentences and order (rollout_status.go: DeploymentStatusViewer.Status). */
export function rolloutStatus(deployment: DeploymentJson, wanted: WantedRollout = {}): RolloutStatus {
  const { metadata, spec, status } = deployment;
  const refused = wrongRevision(deployment, wanted.revision ?? 0);
  if (refused) return refused;
  if ((metadata?.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return waiting('Waiting for deployment spec update to be observed...');
  }
  const name = metadata?.name ?? '';
  const deadline = spec?.progressDeadlineSeconds ?? defaultDeadlineSeconds;
  const oldEnough = wanted.ageSeconds === undefined || wanted.ageSeconds >= deadline;
  if (oldEnough && progressDeadlineExceeded(status?.conditions ?? [], wanted.replicaSetName)) {
    return failed('deadlineExceeded', `deployment "${name}" exceeded its progress deadline`);
  }
  const updated = status?.updatedReplicas ?? 0;
  const total = status?.replicas ?? 0;
  const available = status?.availableReplicas ?? 0;
  const unfinished = `Waiting for deployment "${name}" rollout to finish:`;
  if (spec?.replicas !== undefined && updated < spec.replicas) {
    return waiting(`${unfinished} ${updated} out of ${spec.replicas} new replicas have been updated...`);
  }
  if (total > updated)
    return waiting(`${unfinished} ${total - updated} old replicas are pending termination...`);
  if (available < updated) {
    return waiting(`${unfinished} ${available} of ${updated} updated replicas are available...`);
  }
  return { message: `deployment "${name}" successfully rolled out`, done: true };
}

function wrongRevision({ metadata }: DeploymentJson, wanted: number): RolloutStatus | undefined {
  if (wanted <= 0) return undefined;
  const running = exactRevision(metadata?.annotations);
  if (running === undefined) {
    const text = metadata?.annotations?.[revisionAnnotation] ?? '';
    return failed('revisionUnreadable', unreadable(metadata?.name ?? '', text));
  }
  if (running === BigInt(wanted)) return undefined;
  const message = `desired revision (${wanted}) is different from the running revision (${running})`;
  return failed('revisionDiffers', message);
}

/** With the words of Go's strconv.ParseInt. */
function unreadable(name: string, text: string): string {
  const problem = /^[+-]?[0-9]+$/.test(text) ? 'value out of range' : 'invalid syntax';
  return `cannot get the revision of deployment "${name}": strconv.ParseInt: parsing ${goQuoted(text)}: ${problem}`;
}

function waiting(message: string): RolloutStatus {
  return { message, done: false };
}

function failed(reason: NonNullable<RolloutStatus['error']>['reason'], message: string): RolloutStatus {
  return { message, done: false, error: { reason, message } };
}
