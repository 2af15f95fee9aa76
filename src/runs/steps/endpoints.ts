import { endpointAdvice } from '../../domain/runbook/advice.ts';
import type { CheckResult } from '../../domain/runbook/checks.ts';
import { askAll, endpointCheck } from '../endpoints.ts';
import { troubleshoot } from '../troubleshooting.ts';
import type { StepHandler, StepPlace } from './step-handler.ts';

/** Asks the health address, where one is set. */
export const health: StepHandler = (place, _see, signal) => {
  const { health: url } = place.settings.endpoints();
  return ask(place, url === undefined ? [] : [url], signal);
};

/** Asks each critical address. */
export const critical: StepHandler = (place, _see, signal) =>
  ask(place, place.settings.endpoints().critical, signal);

async function ask(place: StepPlace, urls: readonly string[], signal: AbortSignal): Promise<CheckResult> {
  const { clock, connection, run } = place;
  const result = endpointCheck(await askAll(urls, () => clock.now(), signal));
  if (result.state !== 'failed') return result;
  const records = connection.store.find(run.target.namespace, run.target.name);
  return { ...result, advice: endpointAdvice(records, await troubleshoot(place, signal)) };
}
