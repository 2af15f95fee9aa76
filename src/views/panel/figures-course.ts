import { figureWords } from '../../domain/figures/figure-words.ts';
import type { FigureId, FigureSample } from '../../domain/figures/sample.ts';
import { type FigureSeries, newest } from '../../domain/figures/series.ts';
import { sparkline } from '../../domain/figures/sparkline.ts';
import { courseBox } from '../../shared/panel-model.ts';
import type { FigureCourse } from '../../shared/panel-model.ts';

/** The time that all figures show: ms since the epoch. */
export interface FigureAxis {
  readonly from: number;
  readonly until: number;
  readonly markAt: number | undefined;
}

const shownMs = 15 * 60_000;
/** What is shown of the time before the rollback at least, where it was recorded. */
const beforeMarkMs = 5 * 60_000;
/** A recording that has only begun does not fill the whole width. */
const shortestMs = 2 * 60_000;

/** Undefined while nothing was recorded. */
export function figureAxis(
  samples: readonly FigureSample[],
  markAt: number | undefined,
): FigureAxis | undefined {
  const first = samples[0];
  const until = samples.at(-1)?.at;
  if (first === undefined || until === undefined) return undefined;
  const wanted = Math.min(until - shownMs, markAt === undefined ? Infinity : markAt - beforeMarkMs);
  return { from: Math.min(Math.max(first.at, wanted), until - shortestMs), until, markAt };
}

/** How a figure went; undefined where it was never seen. */
export function courseOf(id: FigureId, series: FigureSeries, axis: FigureAxis): FigureCourse | undefined {
  const { markAt, ...span } = axis;
  const frame = { ...courseBox, ...span, ...(markAt === undefined ? {} : { markAt }) };
  const { line, markX } = sparkline(series, frame);
  if (line === '') return undefined;
  return { line, words: courseWords(id, series, axis), ...(markX === undefined ? {} : { markX }) };
}

/** The course for those who do not see it. */
function courseWords(id: FigureId, series: FigureSeries, { from, until, markAt }: FigureAxis): string {
  const shown = series.filter(({ at }) => at >= from);
  const values = shown.map(({ value }) => value).filter((value) => value !== undefined);
  const minutes = Math.max(1, Math.round((until - from) / 60_000));
  const words = (value: number) => figureWords(id, value);
  const range = `between ${words(Math.min(...values))} and ${words(Math.max(...values))} in ${minutes} min`;
  const before = markAt === undefined ? undefined : newest(shown.filter(({ at }) => at < markAt));
  return before === undefined ? range : `${range}, ${words(before.value)} at the rollback`;
}
