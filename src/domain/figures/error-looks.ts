import type { FigureBaseline } from './baseline.ts';
import { normalizationRule } from './normalization-rule.ts';
import type { FigureSample } from './sample.ts';

/** One look at the logs: how many error lines per minute were written in a stretch of time. Times are ms since the epoch. */
export interface ErrorLook {
  readonly from: number;
  readonly at: number;
  readonly perMinute: number;
  /** Whether the deployment counted as degraded. */
  readonly failing: boolean;
}

/** What the first look of a recording counts, in ms. */
const firstMs = 60_000;

/** The looks among these samples, oldest first: each counts what was written since the one before. */
export function errorLooks(samples: readonly FigureSample[]): readonly ErrorLook[] {
  const seen = samples.flatMap(({ at, errorLines, failing }) =>
    errorLines === undefined ? [] : [{ at, perMinute: errorLines, failing }],
  );
  return seen.map((look, i) => ({ ...look, from: seen[i - 1]?.at ?? look.at - firstMs }));
}

/** Several looks together. */
export interface ErrorCount {
  readonly perMinute: number;
  readonly highest: number;
  readonly looks: number;
  /** How long was looked at, in ms. */
  readonly ms: number;
}

/** The rate over all of these looks, each by its length; undefined of none. */
export function countedErrors(looks: readonly ErrorLook[]): ErrorCount | undefined {
  const ms = looks.reduce((sum, { from, at }) => sum + (at - from), 0);
  if (ms <= 0) return undefined;
  const lines = looks.reduce((sum, { from, at, perMinute }) => sum + (perMinute * (at - from)) / 60_000, 0);
  return {
    perMinute: (lines * 60_000) / ms,
    highest: Math.max(...looks.map(({ perMinute }) => perMinute)),
    looks: looks.length,
    ms,
  };
}

/** Above so many error lines per minute it is no longer as before the failure. */
export function mostErrorLines(baseline: FigureBaseline | undefined): number | undefined {
  const high = baseline?.figures.errorLines?.high;
  const { factor, more } = normalizationRule.tolerance.errorLines;
  return high === undefined ? undefined : Math.max(high * factor, high + more);
}

/** How long errors must be looked at before their return is believed, in ms. */
const returnMs = 60_000;

/**
 * Whether errors have come back among these looks: over the newest minute of them more than before the failure; where that
 * is unknown, more than one a minute, and at least half as many as while it failed. Undefined where they have not.
 */
export function returnedErrors(
  looks: readonly ErrorLook[],
  baseline: FigureBaseline | undefined,
  whileFailing: ErrorCount | undefined,
): { readonly count: ErrorCount; readonly most: number } | undefined {
  const newest = looks.at(-1)?.at ?? 0;
  const last = looks.filter(({ at }) => at > newest - returnMs);
  const count = countedErrors(last);
  if (count === undefined || count.ms < returnMs) return undefined;
  const most =
    mostErrorLines(baseline) ??
    Math.max(normalizationRule.tolerance.errorLines.more, (whileFailing?.perMinute ?? 0) / 2);
  return count.perMinute > most ? { count, most } : undefined;
}
