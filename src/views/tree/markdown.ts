import { visible } from '../../domain/logs/visible.ts';
import type { Tooltip, TooltipLine } from './row.ts';

const longestLine = 400;

/**
 * Text that is shown as it is, though it stands in Markdown: each punctuation mark is escaped, so that names, causes and
 * messages from a cluster make no link, no icon and no layout. One line; what cannot be seen becomes a mark.
 */
export function plainInMarkdown(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, ' ').trim());
  const short = line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
  return short.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/** A tooltip as Markdown. Lines without a text are left out. */
export function tooltipMarkdown({ title, paragraphs }: Tooltip): string {
  const body = paragraphs
    .map((lines) => lines.map(lineMarkdown).filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('  \n'));
  return [`**${plainInMarkdown(title)}**`, ...body].join('\n\n');
}

function lineMarkdown(line: TooltipLine): string {
  if (typeof line === 'string') return plainInMarkdown(line);
  return line.text === '' ? '' : `**${plainInMarkdown(line.name)}** ${plainInMarkdown(line.text)}`;
}
