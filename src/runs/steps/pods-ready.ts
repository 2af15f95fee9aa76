import { podsReadiness } from '../../domain/runbook/pods-ready.ts';
import type { CheckResult } from '../../domain/runbook/checks.ts';
import { isWritten, type RunState } from '../../domain/runbook/state.ts';
import { troubleshoot } from '../troubleshooting.ts';
import { notSeen, seen, type StepHandler } from './step-handler.ts';

/** The revision that must run; undefined where nothing was rolled back: the current one then. */
export function wantedRevision({ rollback }: RunState): { readonly replicaSetUid: string } | undefined {
  return isWritten(rollback) ? rollback?.to : undefined;
}

/** Waits, as `kubectl wait --for=condition=ready` does, but for the wanted revision's pods only, and for all of them. */
export const podsReady: StepHandler = async (place, see, signal) => {
  const result = await waited(place, see, signal);
  if (result.state !== 'failed' || place.connection.store.state.kind !== 'live') return result;
  return { ...result, advice: await troubleshoot(place, signal) };
};

const waited: StepHandler = (place, see, signal) => {
  const { connection, run, clock, settings } = place;
  const { store } = connection;
  const readyWithinMs = settings.readyWithinMs();
  const wanted = wantedRevision(run);
  const { promise, resolve } = Promise.withResolvers<CheckResult>();
  let last = '';
  const look = (timedOut: boolean) => {
    const records = store.find(run.target.namespace, run.target.name);
    const { ready, summary, details } = podsReadiness(records, wanted?.replicaSetUid);
    const isSeen = store.state.kind === 'live';
    const lines = (tone: 'ok' | 'failed' | 'plain') =>
      details.map(({ text, pod }) => seen(place, text, tone, pod));
    if (ready && isSeen) return resolve({ state: 'ok', summary, evidence: lines('ok') });
    if (records?.podsUnseen !== undefined)
      return resolve({ state: 'failed', summary, evidence: lines('failed') });
    if (timedOut && !isSeen) return resolve(notSeen(place));
    if (timedOut) {
      const late = seen(place, `Not all pods are ready after ${readyWithinMs / 1000} s.`, 'failed');
      return resolve({ state: 'failed', summary, evidence: [late, ...lines('failed')] });
    }
    const now = isSeen ? summary : 'waiting for the cluster';
    if (now !== last)
      see({ state: 'running', summary: (last = now), evidence: isSeen ? lines('plain') : [] });
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
};
