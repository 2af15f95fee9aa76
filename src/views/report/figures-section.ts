import { figureTitles, figureWords } from '../../domain/figures/figure-words.ts';
import { type FigureId, figureIds, type FigureSample } from '../../domain/figures/sample.ts';
import { type FigureSeries, newest, seriesOf } from '../../domain/figures/series.ts';
import type { Incident } from '../../domain/report/incident.ts';
import { sparklineSvg } from '../figures/sparkline-svg.ts';
import { type Inline, joined, prose, plain } from './markdown.ts';
import { type ReportClock, zonedTime } from './times.ts';

const size = { width: 480, height: 60 } as const;

/** How each figure went, as a picture within the document and in words, with a mark at the rollback. */
export function figuresSection(
  { run: { rollback } }: Incident,
  samples: readonly FigureSample[],
  clock: ReportClock,
): string {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return 'No figures were recorded in this run.';
  const markAt = Date.parse(rollback?.outcomeAt ?? rollback?.confirmedAt ?? '');
  // A rollback from before the first sample is not drawn.
  const mark = markAt >= first.at && markAt <= last.at ? markAt : undefined;
  const span = prose`From ${plain(zonedTime(first.at, clock))} to ${plain(zonedTime(last.at, clock))}.`;
  const marked = mark === undefined ? span : prose`${span} The dashed line is the rollback.`;
  const axis = { from: first.at, until: last.at };
  return [marked, ...figureIds.flatMap((id) => figurePart(id, seriesOf(samples, id), axis, mark))].join(
    '\n\n',
  );
}

function figurePart(
  id: FigureId,
  series: FigureSeries,
  axis: { readonly from: number; readonly until: number },
  markAt: number | undefined,
): readonly string[] {
  const title = figureTitles[id];
  const words = courseWords(id, series, markAt);
  if (words === undefined) return [prose`**${plain(title)}:** not measured`];
  const svg = sparklineSvg(series, { ...size, ...axis, title, ...(markAt === undefined ? {} : { markAt }) });
  // In an element of its own, so that no line of the picture is read as Markdown.
  return [prose`**${plain(title)}:** ${words}`, `<div>\n${svg}\n</div>`];
}

/** The course for those who do not see it; undefined where it was never seen. */
function courseWords(id: FigureId, series: FigureSeries, markAt: number | undefined): Inline | undefined {
  const values = series.map(({ value }) => value).filter((value) => value !== undefined);
  const now = newest(series);
  if (now === undefined) return undefined;
  const words = (value: number) => plain(figureWords(id, value));
  const before = markAt === undefined ? undefined : newest(series.filter(({ at }) => at < markAt));
  return joined(
    [
      prose`between ${words(Math.min(...values))} and ${words(Math.max(...values))}`,
      before === undefined ? prose`` : prose`${words(before.value)} at the rollback`,
      prose`${words(now.value)} at the end`,
    ],
    ', ',
  );
}
