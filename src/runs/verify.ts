import { ApiError } from '../cluster/errors/api-error.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { readDeployment, readReplicaSets } from '../cluster/reads/deployments.ts';
import type { ClusterStore } from '../cluster/store/store.ts';
import { podsReadiness } from '../domain/runbook/pods-ready.ts';
import type { CheckId, CheckResult, Seen } from '../domain/runbook/checks.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import { rolloutStatus } from '../domain/rollout/status.ts';
import { currentReplicaSet } from '../domain/rollout/undo.ts';
import type { Clock } from '../ports/clock.ts';
import { askAll, endpointCheck, type Endpoints } from './endpoints.ts';
import { errorLinesSince } from './error-lines.ts';

export interface Verification {
  readonly api: ApiServer;
  readonly store: ClusterStore;
  readonly clock: Clock;
  readonly target: RunTarget;
  readonly endpoints: Endpoints;
  /** How long the pods may take, in ms. */
  readonly readyWithinMs: number;
  /** The ReplicaSet that must be the current one; undefined where nothing was rolled back. */
  readonly wanted: { readonly replicaSetUid: string } | undefined;
  /** Log lines from here on count, RFC 3339. */
  readonly logsSince: string;
  onCheck(check: CheckId, result: CheckResult): void;
}

/** Carries the checks out, pods first, the others as soon as they can tell something. Ends early when `signal` aborts. */
export async function verify(verification: Verification, signal: AbortSignal): Promise<void> {
  const { clock, endpoints } = verification;
  await said(verification, 'podsReady', podsReady(verification, signal), signal);
  if (signal.aborted) return;
  const now = () => clock.now();
  await Promise.all([
    said(verification, 'complete', complete(verification, signal), signal),
    said(
      verification,
      'health',
      ask(endpoints.health === undefined ? [] : [endpoints.health], now, signal),
      signal,
    ),
    said(verification, 'critical', ask(endpoints.critical, now, signal), signal),
    said(verification, 'logs', logs(verification, signal), signal),
  ]);
}

/** A check that was stopped has found nothing, and says nothing: its address had no time to answer. */
async function said(
  verification: Verification,
  check: CheckId,
  asked: Promise<CheckResult>,
  signal: AbortSignal,
): Promise<void> {
  try {
    const result = await asked;
    if (!signal.aborted) verification.onCheck(check, result);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (signal.aborted) return;
    verification.onCheck(check, {
      state: 'failed',
      summary: 'cannot be told',
      evidence: [seen(verification, `${error.message} ${error.hint}`, 'failed')],
    });
  }
}

/** What the store holds is old, or not there yet: neither pods that were ready nor a lack of them is a result. */
function notSeen(verification: Verification): CheckResult {
  const { state } = verification.store;
  const why = 'error' in state ? ` ${state.error.message}` : '';
  const text = `The cluster cannot be seen at present, so this is not known.${why}`;
  return { state: 'failed', summary: 'cannot be told', evidence: [seen(verification, text, 'failed')] };
}

function seen({ clock }: Verification, text: string, tone: Seen['tone']): Seen {
  return { text, tone, at: new Date(clock.now()).toISOString() };
}

/** Waits, as `kubectl wait --for=condition=ready` does, but for the wanted revision's pods only, and for all of them. */
function podsReady(verification: Verification, signal: AbortSignal): Promise<CheckResult> {
  const { store, target, clock, readyWithinMs } = verification;
  const { promise, resolve } = Promise.withResolvers<CheckResult>();
  let last = '';
  const look = (timedOut: boolean) => {
    const records = store.find(target.namespace, target.name);
    const { ready, summary, details } = podsReadiness(records, verification.wanted?.replicaSetUid);
    const isSeen = store.state.kind === 'live';
    if (ready && isSeen)
      return resolve({
        state: 'ok',
        summary,
        evidence: details.map((text) => seen(verification, text, 'ok')),
      });
    if (records?.podsUnseen !== undefined)
      return resolve({
        state: 'failed',
        summary,
        evidence: details.map((text) => seen(verification, text, 'failed')),
      });
    if (timedOut && !isSeen) return resolve(notSeen(verification));
    if (timedOut) {
      const late = `Not all pods are ready after ${readyWithinMs / 1000} s.`;
      return resolve({
        state: 'failed',
        summary,
        evidence: [late, ...details].map((text) => seen(verification, text, 'failed')),
      });
    }
    const now = isSeen ? summary : 'waiting for the cluster';
    if (now !== last)
      verification.onCheck('podsReady', {
        state: 'running',
        summary: (last = now),
        evidence: (isSeen ? details : []).map((text) => seen(verification, text, 'plain')),
      });
  };
  const changes = store.onDidChange(() => look(false));
  const limit = clock.after(readyWithinMs, () => look(true));
  const stop = () => resolve({ state: 'running', summary: last, evidence: [] });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else look(false);
  return promise.finally(() => {
    changes.dispose();
    limit.dispose();
    signal.removeEventListener('abort', stop);
  });
}

async function complete(verification: Verification, signal: AbortSignal): Promise<CheckResult> {
  const deployment = await readDeployment(verification.api, verification.target, signal);
  const current = currentReplicaSet(deployment, await readReplicaSets(verification.api, deployment, signal));
  const uid = current?.metadata?.uid ?? '';
  const name = current?.metadata?.name ?? 'none';
  const { wanted } = verification;
  if (wanted !== undefined && wanted.replicaSetUid !== uid)
    return {
      state: 'failed',
      summary: 'another revision runs',
      evidence: [
        seen(
          verification,
          `The deployment runs ReplicaSet ${name}, not the one that was put back.`,
          'failed',
        ),
      ],
    };
  const status = rolloutStatus(deployment, { replicaSetName: name });
  const words = `${status.error?.message ?? status.message} (ReplicaSet ${name})`;
  return status.done
    ? { state: 'ok', summary: 'complete', evidence: [seen(verification, words, 'ok')] }
    : { state: 'failed', summary: 'not complete', evidence: [seen(verification, words, 'failed')] };
}

async function ask(urls: readonly string[], now: () => number, signal: AbortSignal): Promise<CheckResult> {
  return endpointCheck(await askAll(urls, now, signal));
}

async function logs(verification: Verification, signal: AbortSignal): Promise<CheckResult> {
  const { api, store, target, logsSince } = verification;
  const records = store.find(target.namespace, target.name);
  if (records?.podsUnseen !== undefined)
    return {
      state: 'failed',
      summary: 'cannot be told',
      evidence: [seen(verification, records.podsUnseen, 'failed')],
    };
  if (store.state.kind !== 'live') return notSeen(verification);
  const pods = records?.pods.filter(
    ({ ownerUid, terminating }) =>
      !terminating && (verification.wanted === undefined || ownerUid === verification.wanted.replicaSetUid),
  );
  const found = await errorLinesSince(api, pods ?? [], logsSince, { signal });
  const lines = `${found.examined.toLocaleString('en')} ${found.examined === 1 ? 'line' : 'lines'}`;
  const notes = [
    ...found.unread.map(
      ({ source, message }) => `The log of ${source.pod} (${source.container}) cannot be read: ${message}`,
    ),
    ...(found.truncated ? ['A log was too long to be looked at to its end.'] : []),
  ].map((text) => seen(verification, text, 'warning'));
  if (found.count === 0 && found.unread.length > 0)
    return { state: 'failed', summary: 'not all logs can be read', evidence: notes };
  if (found.count === 0)
    return {
      state: 'ok',
      summary: `no errors in ${lines}`,
      evidence: [
        ...notes,
        seen(
          verification,
          `${lines} of ${pods?.length ?? 0} pods since ${logsSince}: none is an error.`,
          'ok',
        ),
      ],
    };
  return {
    state: 'failed',
    summary: `${found.count} of ${lines} are errors`,
    evidence: [
      ...notes,
      ...found.errors.map(({ source, text }) => seen(verification, `${source.pod}: ${text}`, 'failed')),
    ],
  };
}
