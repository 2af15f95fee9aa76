import { errorLooks } from '../../domain/figures/error-looks.ts';
import { errorRateCheck, errorRatesOf } from '../../domain/runbook/figure-checks.ts';
import { lookAtFigures, notComparable, rollbackTimes } from './look-at-figures.ts';
import type { StepHandler } from './step-handler.ts';

/** How long error lines are counted at least, and waited for at most, in ms. */
const leastMs = 60_000;
const limitMs = 5 * 60_000;

/** Counts error lines per minute since the rollback, beside those while it failed; leads to the dashboard. */
export const errorRate: StepHandler = async (place, see, signal) => {
  const times = rollbackTimes(place);
  if (times === undefined) return notComparable(place);
  const advice = place.settings.hasDashboard()
    ? {
        advice: [
          { words: 'Compare with the error rate on the dashboard.', action: 'openDashboard' as const },
        ],
      }
    : {};
  let last = -1;
  return lookAtFigures(
    place,
    times,
    limitMs,
    ({ samples, baseline }, late) => {
      const rates = errorRatesOf(errorLooks(samples), times, baseline);
      const result = { ...errorRateCheck(rates, new Date(place.clock.now()).toISOString()), ...advice };
      const counted = rates.since?.ms ?? 0;
      if (late || counted >= leastMs) return result;
      if (counted !== last) {
        last = counted;
        see({
          ...result,
          state: 'running',
          summary: 'counting',
          detail: `Counted ${Math.round(counted / 1000)} s of at least ${leastMs / 1000} s.`,
        });
      }
      return undefined;
    },
    signal,
  );
};
