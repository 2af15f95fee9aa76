import { type FigureId, figureOf, type FigureSample } from './sample.ts';

/** A figure at one moment; undefined where it was not seen. */
export interface FigurePoint {
  /** Ms since the epoch. */
  readonly at: number;
  readonly value: number | undefined;
}

/** One figure over time, oldest first. */
export type FigureSeries = readonly FigurePoint[];

export function seriesOf(samples: readonly FigureSample[], id: FigureId): FigureSeries {
  return samples.map((sample) => ({ at: sample.at, value: figureOf(sample, id) }));
}

/** The newest value that was seen, and when. */
export function newest(series: FigureSeries): { readonly at: number; readonly value: number } | undefined {
  for (let i = series.length - 1; i >= 0; i--) {
    const point = series[i];
    if (point?.value !== undefined) return { at: point.at, value: point.value };
  }
  return undefined;
}

/**
 * At most `most` points (an even number of at least 4) of the same course: of each stretch of time the lowest and the highest
 * point stay, so that no peak is lost, and a stretch where nothing was seen keeps one point that says so.
 */
export function downsampled(series: FigureSeries, most: number): FigureSeries {
  const first = series[0];
  const last = series.at(-1);
  if (series.length <= most || first === undefined || last === undefined) return series;
  const stretches = Math.floor(most / 2);
  const length = (last.at - first.at) / stretches || 1;
  const kept: FigurePoint[] = [];
  let from = 0;
  while (from < series.length) {
    const stretch = Math.floor(((series[from]?.at ?? 0) - first.at) / length);
    let to = from;
    while (to < series.length && Math.floor(((series[to]?.at ?? 0) - first.at) / length) === stretch) to++;
    // The very last point begins a stretch of its own: it belongs to the one before.
    if (stretch === stretches - 1) to = series.length;
    kept.push(...extremes(series.slice(from, to)));
    from = to;
  }
  return kept;
}

function extremes(points: FigureSeries): FigureSeries {
  const seen = points.filter(({ value }) => value !== undefined);
  const [first] = points;
  if (seen.length === 0) return first === undefined ? [] : [first];
  const lowest = seen.reduce((a, b) => ((b.value ?? 0) < (a.value ?? 0) ? b : a));
  const highest = seen.reduce((a, b) => ((b.value ?? 0) > (a.value ?? 0) ? b : a));
  if (lowest === highest) return [lowest];
  return lowest.at < highest.at ? [lowest, highest] : [highest, lowest];
}
