import { ApiError } from '../cluster/errors/api-error.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { type DeploymentName, readDeployment, readReplicaSets } from '../cluster/reads/deployments.ts';
import { watch } from '../cluster/watch/watch.ts';
import type { DeploymentJson } from '../domain/rollout/json.ts';
import { revisionNumber } from '../domain/rollout/revision-number.ts';
import { defaultDeadlineSeconds, rolloutStatus, type WantedRollout } from '../domain/rollout/status.ts';
import { currentReplicaSet } from '../domain/rollout/undo.ts';
import type { RolloutEnd } from '../domain/runbook/events.ts';
import type { Clock, Ending } from '../ports/clock.ts';

/** What is followed: the Deployment by uid, until it is complete as it was written. */
export interface FollowedRollout {
  readonly name: DeploymentName;
  readonly uid: string;
  /**
   * A rollback is complete on its ReplicaSet alone. For another change the controller chooses or makes one: `isStill` tells
   * whether the Deployment still is as it was written.
   */
  readonly aim:
    { readonly uid: string; readonly name: string } | { isStill(deployment: DeploymentJson): boolean };
  /** When it was written, RFC 3339. */
  readonly since: string;
  /** True where no answer told whether it was written at all. */
  readonly unsure?: boolean;
}

/**
 * An exceeded deadline of the rollout before is never rewritten where the new one makes no progress at all: then nothing
 * but time tells. The controller is given so many seconds more than the deadline to say it itself.
 */
const deadlineMarginSeconds = 15;
/** No longer than a timer can count; a longer deadline is none. */
const mostSeconds = 2_000_000;

/** Time from a look that failed to the next, in ms. */
const lookAgainMs = 2_000;

const overtaken = {
  template: 'Somebody or something has put another template in place since the rollback.',
  unsure: 'The rollback was not written, or something else was put in its place since.',
  other: 'Somebody or something has changed the deployment again since.',
};

function recreated(name: string): string {
  return `The deployment ${name} was deleted and created again by somebody else.`;
}

/**
 * Follows a rollout as `kubectl rollout status` does, with its messages, to the truthful end: complete on the wanted
 * ReplicaSet, past its deadline, replaced by somebody else's change, deleted; or `stopped` when `signal` aborts, which
 * leaves the rollout itself alone. Goes on through lost connections.
 */
export async function followRollout(
  api: ApiServer,
  clock: Clock,
  rollout: FollowedRollout,
  onMessage: (message: string) => void,
  signal: AbortSignal,
): Promise<RolloutEnd> {
  const { namespace, name } = rollout.name;
  const watching = new AbortController();
  const ended = Promise.withResolvers<RolloutEnd>();
  const end = (kind: RolloutEnd['kind'], message: string, nowRevision?: number) =>
    ended.resolve({ kind, message, nowRevision });
  const stop = () => end('stopped', 'You stopped watching; the rollout itself goes on.');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();

  let last = '';
  let lookedAt: number | undefined;
  let looking = false;
  let unmoved: Ending | undefined;
  let wanted = false;
  let listed = false;
  let away = false;
  let seen: DeploymentJson | undefined;
  const see = (deployment: DeploymentJson) => {
    away = false;
    seen = deployment;
    if (deployment.metadata?.uid !== rollout.uid) return end('lost', recreated(name));
    const status = rolloutStatus(deployment, asWanted(rollout, clock));
    if (status.error !== undefined) return end('failed', status.error.message);
    if (status.done || deployment.metadata.generation !== lookedAt) void look();
    if (status.done || status.message === last) return;
    onMessage((last = status.message));
    unmoved?.dispose();
    const seconds =
      (deployment.spec?.progressDeadlineSeconds ?? defaultDeadlineSeconds) + deadlineMarginSeconds;
    if (seconds < mostSeconds)
      unmoved = clock.after(seconds * 1000, () => end('failed', `No progress for ${seconds} s: ${last}`));
  };
  /** Whose template runs, and is it complete? The cluster itself says: at each new spec, and before the end is told. */
  const look = async () => {
    wanted = true;
    if (looking) return;
    looking = true;
    while (wanted && !watching.signal.aborted) {
      wanted = false;
      try {
        const found = await judged(api, rollout, watching.signal);
        lookedAt = found.generation;
        if (found.end !== undefined) ended.resolve(found.end);
      } catch (error) {
        if (watching.signal.aborted) return;
        if (!(error instanceof ApiError)) return ended.reject(error);
        if (error.reason === 'notFound') return end('lost', `The deployment ${name} was deleted.`);
        onMessage(`${error.message} Still watching.`);
        wanted = true;
        // The watch may have no more to say: ask again. Only the end of watching interrupts this sleep.
        await clock.sleep(lookAgainMs, watching.signal).catch(() => undefined);
      }
    }
    looking = false;
  };
  void watch(
    api,
    clock,
    {
      path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      fieldSelector: `metadata.name=${name}`,
      read: (deployment: DeploymentJson) => deployment,
    },
    {
      begin: () => (listed = false),
      upsert: (deployment) => {
        listed = true;
        see(deployment);
      },
      whole: () => {
        if (!listed) end('lost', `The deployment ${name} was deleted.`);
      },
      remove: () => end('lost', `The deployment ${name} was deleted.`),
      // Nothing may have changed meanwhile: then the watch tells of no object.
      live: () => {
        if (away && seen !== undefined) see(seen);
      },
      stale: (error) => {
        // Of a time in which nothing was seen it is not known that nothing moved.
        unmoved?.dispose();
        away = true;
        last = '';
        onMessage(`${error.message} Trying again.`);
      },
      refused: (error) => end('lost', error.message),
    },
    watching.signal,
  );
  try {
    return await ended.promise;
  } finally {
    watching.abort();
    unmoved?.dispose();
    signal.removeEventListener('abort', stop);
  }
}

function asWanted({ aim, since }: FollowedRollout, clock: Clock): WantedRollout {
  return { ...naming(aim), ageSeconds: (clock.now() - Date.parse(since)) / 1000 };
}

function naming(aim: FollowedRollout['aim']): WantedRollout {
  return 'isStill' in aim ? {} : { replicaSetName: aim.name };
}

/** A fresh look at the cluster: the generation it was at, and the end of the rollout where it has come. */
async function judged(
  api: ApiServer,
  { name, uid, aim, unsure = false }: FollowedRollout,
  signal: AbortSignal,
): Promise<{ readonly generation: number | undefined; readonly end: RolloutEnd | undefined }> {
  const deployment = await readDeployment(api, name, signal);
  const { generation } = deployment.metadata ?? {};
  const nowRevision = undefined;
  if (deployment.metadata?.uid !== uid)
    return { generation, end: { kind: 'lost', message: recreated(name.name), nowRevision } };
  const holds =
    'isStill' in aim
      ? aim.isStill(deployment)
      : currentReplicaSet(deployment, await readReplicaSets(api, deployment, signal))?.metadata?.uid ===
        aim.uid;
  if (!holds) {
    const message = unsure ? overtaken.unsure : 'isStill' in aim ? overtaken.other : overtaken.template;
    return { generation, end: { kind: 'lost', message, nowRevision } };
  }
  const status = rolloutStatus(deployment, naming(aim));
  if (!status.done) return { generation, end: undefined };
  const now = revisionNumber(deployment.metadata?.annotations);
  return { generation, end: { kind: 'complete', message: status.message, nowRevision: now } };
}
