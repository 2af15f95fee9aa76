import { health } from './endpoints.ts';
import type { StepHandler } from './step-handler.ts';

/** Asks the health address before anything is changed: what it answers now is what people see of the issue. */
export const endpoint: StepHandler = async (place, see, signal) => {
  const result = await health(place, see, signal);
  if (result.state !== 'failed') return result;
  // It was looked at, and that it is bad may be the very issue.
  const detail = 'The address does not answer well: people who use it see the failure.';
  return { ...result, state: 'warning', detail };
};
