import { downsampled, type FigureSeries } from './series.ts';

export interface SparklineFrame {
  /** In units of the drawing. */
  readonly width: number;
  readonly height: number;
  /** The axis of time, ms since the epoch: the same for all figures that stand side by side. */
  readonly from: number;
  readonly until: number;
  /** What is marked by a line, such as the rollback; ms since the epoch. */
  readonly markAt?: number;
  /** A pause longer than this, in ms, is drawn as a gap; 60 s by default. */
  readonly gapMs?: number;
}

export interface Sparkline {
  /** The `d` of an SVG path; empty where nothing was seen. */
  readonly line: string;
  /** Where the mark stands; undefined where it is not within the axis. */
  readonly markX: number | undefined;
}

/** Room for half the line's width above the highest and below the lowest value. */
const margin = 1.5;

/** The course of a figure as a line, from 0 at the bottom to the highest value at the top. What was not seen is a gap. */
export function sparkline(series: FigureSeries, frame: SparklineFrame): Sparkline {
  const { width, height, from, until, markAt, gapMs = 60_000 } = frame;
  const span = Math.max(1, until - from);
  const x = (at: number) => round((Math.min(span, Math.max(0, at - from)) / span) * width);
  const shown = series.filter(({ at }) => at >= from && at <= until);
  const points = downsampled(shown, Math.max(4, 2 * Math.floor(width / 2)));
  const highest = points.reduce((most, { value }) => Math.max(most, value ?? 0), 0);
  const y = (value: number) =>
    round(height - margin - (highest === 0 ? 0 : Math.max(0, value) / highest) * (height - 2 * margin));
  // Where points were left out, they stand further apart than they were seen.
  const pause = points.length < shown.length ? Math.max(gapMs, (3 * span) / points.length) : gapMs;
  let line = '';
  let last: number | undefined;
  for (const { at, value } of points) {
    if (value === undefined) {
      last = undefined;
      continue;
    }
    const goesOn = last !== undefined && at - last <= pause;
    // A point by itself is a line of no length, which a round cap makes a dot.
    line += goesOn ? `L${x(at)} ${y(value)}` : `M${x(at)} ${y(value)}h0`;
    last = at;
  }
  const marked = markAt !== undefined && markAt >= from && markAt <= until;
  return { line, markX: marked ? x(markAt) : undefined };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
