import type { FigureSeries } from '../../domain/figures/series.ts';
import { sparkline, type SparklineFrame } from '../../domain/figures/sparkline.ts';

export interface SparklineSvgOptions extends Pick<SparklineFrame, 'width' | 'height' | 'markAt'> {
  /** The axis, ms since the epoch; from the first to the last point by default. */
  readonly from?: number;
  readonly until?: number;
  /** What a screen reader says, and what shows where pictures do not. */
  readonly title?: string;
}

/** A figure over time as SVG to stand in a document: neutral colours that are seen on light and on dark. */
export function sparklineSvg(series: FigureSeries, options: SparklineSvgOptions): string {
  const { width, height, markAt, title } = options;
  const from = options.from ?? series[0]?.at ?? 0;
  const until = options.until ?? series.at(-1)?.at ?? from;
  const frame = { width, height, from, until, ...(markAt === undefined ? {} : { markAt }) };
  const { line, markX } = sparkline(series, frame);
  const mark =
    markX === undefined ? '' : `<path d="M${markX} 0V${height}" stroke="#808080" stroke-dasharray="2 2"/>`;
  const named = title === undefined ? '' : `<title>${escaped(title)}</title>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" role="img" fill="none">${named}${mark}` +
    `<path d="${line}" stroke="#2b88d8" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
