import type { CheckResult } from '../../domain/runbook/checks.ts';
import type { RecordedFigures } from '../figures/deployment-figures.ts';
import { cannotTell, type StepPlace } from './step-handler.ts';

/** When the rollback was confirmed and complete, in ms since the epoch. */
export interface RollbackTimes {
  readonly confirmed: number;
  readonly since: number;
}

/** Undefined where no rollback is complete: nothing can be compared then. */
export function rollbackTimes({ run }: Pick<StepPlace, 'run'>): RollbackTimes | undefined {
  const { rollback } = run;
  if (rollback?.end?.kind !== 'complete' || rollback.endAt === undefined) return undefined;
  return { confirmed: Date.parse(rollback.confirmedAt), since: Date.parse(rollback.endAt) };
}

/**
 * Has figures recorded as if somebody looked, and asks `look` now and after each sample until it gives a result; after `limitMs`
 * a last time, with `late`, when it must give one.
 */
export function lookAtFigures(
  place: StepPlace,
  { confirmed }: RollbackTimes,
  limitMs: number,
  look: (recorded: RecordedFigures, late: boolean) => CheckResult | undefined,
  signal: AbortSignal,
): Promise<CheckResult> {
  const figures = place.settings.figures();
  if (figures === undefined)
    return Promise.resolve(cannotTell(place, 'No figures are recorded: the context is not connected.'));
  const { promise, resolve } = Promise.withResolvers<CheckResult>();
  const ask = (late: boolean) => {
    const result = look(figures.recorded(confirmed), late);
    if (result !== undefined) resolve(result);
  };
  const recording = figures.hold();
  const changes = figures.onDidChange(() => ask(false));
  const limit = place.clock.after(limitMs, () => ask(true));
  const stop = () => resolve({ state: 'running', summary: '', evidence: [] });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else ask(false);
  return promise.finally(() => {
    recording.dispose();
    changes.dispose();
    limit.dispose();
    signal.removeEventListener('abort', stop);
  });
}

/** What a step says that compares with the time before a rollback, where there was none. */
export function notComparable(place: StepPlace): CheckResult {
  return cannotTell(place, 'It is compared once a rollback is complete, not before.');
}
