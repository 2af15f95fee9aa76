import { normalizationRule } from '../../domain/figures/normalization-rule.ts';
import { normalized } from '../../domain/figures/normalized.ts';
import { metricsCheck } from '../../domain/runbook/figure-checks.ts';
import { lookAtFigures, notComparable, rollbackTimes } from './look-at-figures.ts';
import type { StepHandler } from './step-handler.ts';

/** Waits until enough was measured since the rollback, and compares it with the time before the failure. */
export const metrics: StepHandler = async (place, see, signal) => {
  const times = rollbackTimes(place);
  if (times === undefined) return notComparable(place);
  let last = '';
  return lookAtFigures(
    place,
    times,
    normalizationRule.limitMs,
    ({ samples, baseline }, late) => {
      const since = samples.filter(({ at }) => at >= times.since);
      const answer = normalized(since, baseline);
      const result = metricsCheck(answer, new Date(place.clock.now()).toISOString());
      // One bad sample is no answer while others are still missing.
      if (late || answer.perFigure.every(({ state }) => state !== 'tooFewData')) return result;
      if (answer.words !== last) {
        last = answer.words;
        see({ ...result, state: 'running', summary: 'too few data yet' });
      }
      return undefined;
    },
    signal,
  );
};
