import { healthOf } from '../../domain/rollout/health.ts';
import { stateBefore } from '../../domain/figures/state-before.ts';
import { whenLive } from './when-live.ts';
import { seen, type StepHandler, type StepPlace } from './step-handler.ts';

/** What was recorded while the deployment was healthy, before the failure; said to be unknown where nothing was. */
export const before: StepHandler = async (place, _see, signal) => {
  const { clock, connection, settings } = place;
  // Which revisions are this deployment's, the cluster says; what was recorded of them, a file.
  await Promise.all([whenLive(connection.store, clock, signal), settings.figuresLoaded?.()]);
  const recorded = settings.figures()?.recorded(Math.min(failedAt(place), clock.now()));
  const { isKnown, words, from, until } = stateBefore(recorded?.baseline);
  if (!isKnown || from === undefined || until === undefined)
    return {
      state: 'warning',
      summary: 'unknown',
      detail: `${words} What is seen after the rollback has nothing to be compared with. Figures are recorded while a deployment’s panel is open, or its health address is set.`,
      evidence: [seen(place, words, 'warning')],
    };
  const missing = recorded?.usageMissing;
  const samples = recorded?.baseline?.samples ?? 0;
  const minutes = Math.round((until - from) / 60_000);
  return {
    state: 'ok',
    summary: samples === 1 ? '1 sample' : `${samples} samples`,
    detail: `Recorded while it was healthy, over ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    evidence: [
      { text: words, tone: 'plain', at: new Date(until).toISOString() },
      ...(missing === undefined
        ? []
        : [seen(place, `CPU and memory are not measured: ${missing}.`, 'plain')]),
    ],
  };
};

/** When the failure began, ms since the epoch, as far as it is known; now where it is not. */
function failedAt({ clock, connection, run }: StepPlace): number {
  const records = connection.store.find(run.target.namespace, run.target.name);
  const health = records === undefined ? undefined : healthOf(records);
  const since = run.issue?.since ?? (health?.state === 'degraded' ? health.since : undefined);
  return since === undefined ? clock.now() : Date.parse(since);
}
