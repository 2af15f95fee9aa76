import { readDeployment } from '../../cluster/reads/deployments.ts';
import { healthOf } from '../../domain/rollout/health.ts';
import { liveWords } from '../../domain/rollout/live-words.ts';
import { podCause } from '../../domain/rollout/pod-cause.ts';
import { stuckWords } from '../../domain/rollout/stuck-pods.ts';
import type { PodRecord } from '../../domain/rollout/records.ts';
import { troubleshoot } from '../troubleshooting.ts';
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
  const deployment = await readDeployment(connection.api, run.target, signal);
  const live = liveWords(deployment).map((text) => seen(place, text, 'plain'));
  const health = healthOf(records);
  if (health.state !== 'degraded')
    return {
      state: 'warning',
      summary: 'no issue seen',
      detail: `${health.words}: there may be nothing to roll back. What people report may still be true: look at the events and the logs.`,
      evidence: [seen(place, health.words, 'ok'), ...live],
      advice: [
        { words: 'Read what its pods log.', action: 'showLogs' },
        { words: 'Read what has happened to it.', action: 'showEvents' },
      ],
    };
  const pods = health.failingPods
    .slice(0, mostPods)
    .map((pod) => seen(place, podWords(pod), 'failed', pod.name));
  const stuck = stuckWords(records, undefined);
  const since =
    health.since === undefined
      ? []
      : [{ text: 'It has been so since', tone: 'plain', at: health.since } as const];
  const advice = await troubleshoot(place, signal);
  return {
    state: 'ok',
    summary: health.words.replace(/^Degraded: /, ''),
    ...(stuck === '' ? {} : { detail: stuck }),
    evidence: [seen(place, health.words, 'failed'), ...since, ...pods, ...live],
    advice: [
      ...advice,
      {
        words: 'Describe the deployment: its template, conditions, pods and events on one page.',
        action: 'describeDeployment',
      },
      { words: 'Read its live YAML.', action: 'showYaml' },
    ],
  };
};

function podWords(pod: PodRecord): string {
  const cause = podCause(pod);
  return `${pod.name}: ${pod.state}, ${pod.restarts} restarts${cause === '' ? '' : `, ${cause}`}`;
}
