import { askAll, endpointCheck } from '../endpoints.ts';
import type { StepHandler, StepPlace } from './step-handler.ts';

/** Asks the health address, where one is set. */
export const health: StepHandler = (place, _see, signal) => {
  const { health: url } = place.settings.endpoints();
  return ask(place, url === undefined ? [] : [url], signal);
};

/** Asks each critical address. */
export const critical: StepHandler = (place, _see, signal) =>
  ask(place, place.settings.endpoints().critical, signal);

async function ask({ clock }: StepPlace, urls: readonly string[], signal: AbortSignal) {
  return endpointCheck(await askAll(urls, () => clock.now(), signal));
}
