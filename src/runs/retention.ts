import { isPast, isUnderway, type RunSummary } from '../domain/runbook/summary.ts';

const dayMs = 86_400_000;

/**
 * The ids of the runs that are kept no longer: those that have ended, or in which nothing was decided, and to which nothing
 * has happened for `keepDays` days. 0 keeps all. Never one that is under way. `now` is ms since the epoch.
 */
export function expiredRuns(runs: readonly RunSummary[], keepDays: number, now: number): readonly string[] {
  if (!(keepDays > 0)) return [];
  return runs
    .filter((run) => isPast(run) || !isUnderway(run))
    .filter(({ lastAt }) => now - Date.parse(lastAt) > keepDays * dayMs)
    .map(({ id }) => id);
}
