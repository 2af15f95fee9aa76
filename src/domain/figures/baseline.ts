import { type FigureId, figureIds, figureOf, type FigureSample } from './sample.ts';

/** How a figure was while the deployment was healthy. */
export interface BaselineFigure {
  readonly median: number;
  /** What 95 of 100 samples did not exceed. */
  readonly high: number;
  readonly samples: number;
}

/** What was recorded of a revision while it was healthy, before a failure. */
export interface FigureBaseline {
  /** Ms since the epoch: the first and the last sample it is made from. */
  readonly from: number;
  readonly until: number;
  readonly samples: number;
  /** Only what was seen. */
  readonly figures: Readonly<Partial<Record<FigureId, BaselineFigure>>>;
}

/** The state before `failedAt` (ms since the epoch) from healthy samples; undefined where none was recorded before it. */
export function baselineOf(healthy: readonly FigureSample[], failedAt: number): FigureBaseline | undefined {
  const before = healthy.filter(({ at, failing }) => at < failedAt && !failing);
  const times = before.map(({ at }) => at);
  if (before.length === 0) return undefined;
  const figures: Partial<Record<FigureId, BaselineFigure>> = {};
  for (const id of figureIds) {
    const values = before.map((sample) => figureOf(sample, id)).filter((value) => value !== undefined);
    if (values.length === 0) continue;
    figures[id] = { median: quantile(values, 0.5), high: quantile(values, 0.95), samples: values.length };
  }
  return { from: Math.min(...times), until: Math.max(...times), samples: before.length, figures };
}

/** The smallest value that at least this part of the values does not exceed (nearest rank); NaN of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}
