import { ApiError } from '../cluster/errors/api-error.ts';
import type { Connection } from '../cluster/connections.ts';
import type { Present } from '../domain/runbook/checklist.ts';
import { presentOf } from '../domain/runbook/present.ts';
import { previousRevision } from '../domain/runbook/previous-revision.ts';
import type { RunState } from '../domain/runbook/state.ts';
import type { Clock } from '../ports/clock.ts';
import { askAll, endpointCheck } from './endpoints.ts';
import type { RunbookSettings } from './runbook-settings.ts';
import { whenLive } from './steps/when-live.ts';

export interface Lookout {
  readonly store: Connection['store'];
  readonly settings: Pick<RunbookSettings, 'endpoints' | 'figures'>;
  readonly clock: Clock;
}

/**
 * What is seen of the deployment now: its addresses are asked afresh. Undefined while the cluster cannot be seen. Throws ApiError
 * where `signal` aborts.
 */
export async function lookAtPresent(
  { store, settings, clock }: Lookout,
  run: RunState,
  signal: AbortSignal,
): Promise<Present | undefined> {
  const isLive = await whenLive(store, clock, signal);
  refuseWhenAborted(signal);
  if (!isLive) return undefined;
  const { health, critical } = settings.endpoints();
  const ask = async (urls: readonly string[]) => endpointCheck(await askAll(urls, () => clock.now(), signal));
  const [healthNow, criticalNow] = await Promise.all([
    ask(health === undefined ? [] : [health]),
    ask(critical),
  ]);
  refuseWhenAborted(signal);
  // It may have been lost meanwhile.
  if (store.state.kind !== 'live') return undefined;
  const records = store.find(run.target.namespace, run.target.name);
  return presentOf(run, {
    at: new Date(clock.now()).toISOString(),
    records,
    isSeen: true,
    previous: records && previousRevision(records),
    health: healthNow,
    critical: criticalNow,
    figures: settings.figures()?.recorded(Date.parse(run.rollback?.confirmedAt ?? '')),
    msOf: Date.parse,
  });
}

function refuseWhenAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new ApiError('aborted', 'Nobody waits for the checklist any more.');
}
