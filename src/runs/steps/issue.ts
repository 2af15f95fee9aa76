import { healthOf } from '../../domain/rollout/health.ts';
import type { CheckResult } from '../../domain/runbook/checks.ts';
import { stuckWords } from '../../domain/rollout/stuck-pods.ts';
import { whenLive } from './when-live.ts';
import { cannotTell, notSeen, seen, type StepHandler } from './step-handler.ts';

/** Most failing pods that are named. */
const mostPods = 10;

/** What is wrong with the deployment, and since when: as the cluster shows it now. */
export const issue: StepHandler = async (place, _see, signal) => {
  const { connection, run } = place;
  if (!(await whenLive(connection.store, place.clock, signal))) return notSeen(place);
  const records = connection.store.find(run.target.namespace, run.target.name);
  if (records === undefined) return cannotTell(place, 'The deployment is not there.');
  const health = healthOf(records);
  if (health.state !== 'degraded') return nothingWrong(health.words, seen(place, health.words, 'ok'));
  const pods = health.failingPods
    .slice(0, mostPods)
    .map((pod) => seen(place, `${pod.name}: ${pod.state}, ${pod.restarts} restarts`, 'failed'));
  const stuck = stuckWords(records, undefined);
  return {
    state: 'ok',
    summary: health.words.replace(/^Degraded: /, ''),
    ...(stuck === '' ? {} : { detail: stuck }),
    evidence: [seen(place, health.words, 'failed'), ...pods],
  };
};

function nothingWrong(words: string, evidence: ReturnType<typeof seen>): CheckResult {
  return {
    state: 'warning',
    summary: 'no issue seen',
    detail: `${words}: there may be nothing to roll back. What people report may still be true: look at the events and the logs.`,
    evidence: [evidence],
  };
}
