import { parseSgr } from '../../domain/logs/ansi.ts';
import type { LogSourceModel } from '../../shared/messages.ts';
import { localTime, localTimeWithMillis } from '../time-format.ts';
import type { LineEntry, LogEntry, MarkEntry } from './entry.ts';
import { severity } from './entry.ts';
import { levelWord, textAfterLevel } from './level-column.ts';

/** Draws an entry into a row, new or used before. Text goes in as text nodes only. */
export function drawRow(row: HTMLElement, entry: LogEntry, source: LogSourceModel | undefined): void {
  if (entry.kind === 'mark') drawMark(row, entry);
  else drawLine(row, entry, source);
}

function drawMark(row: HTMLElement, mark: MarkEntry): void {
  row.className = `log-row log-mark log-mark-${mark.tone}`;
  row.replaceChildren(
    part('log-time', localTime(mark.at), mark.at),
    part(`codicon codicon-${mark.tone === 'ok' ? 'check' : 'error'}`, ''),
    part('log-text', mark.text),
  );
}

function drawLine(row: HTMLElement, line: LineEntry, source: LogSourceModel | undefined): void {
  row.className = `log-row log-${line.gap === true ? 'gap' : (severity(line) ?? 'plain')}`;
  const text = part('log-text', '');
  for (const span of parseSgr(textAfterLevel(line.text, line.level))) {
    if (span.classes.length === 0 && span.style === undefined) {
      text.append(span.text);
      continue;
    }
    const piece = part(span.classes.map((name) => `sgr-${name}`).join(' '), span.text);
    // Set through the object model, which the content security policy allows; the sheet keeps it readable.
    if (span.style?.color !== undefined) colour(piece, 'fg', span.style.color);
    if (span.style?.backgroundColor !== undefined) colour(piece, 'bg', span.style.backgroundColor);
    text.append(piece);
  }
  const captured = source?.captured === true;
  const pod = part(
    `log-pod pod-colour-${source?.colour ?? 0}${captured ? ' log-captured' : ''}`,
    source?.label ?? '',
    captured ? `${source.title}, captured before its pod went` : source?.title,
  );
  row.replaceChildren(
    part('log-time', localTimeWithMillis(line.at), line.at),
    pod,
    part('log-level', levelWord(line.level)),
    text,
  );
}

function part(className: string, text: string, title?: string): HTMLElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  if (title !== undefined) span.title = title;
  return span;
}

function colour(piece: HTMLElement, ground: 'fg' | 'bg', value: string): void {
  piece.classList.add(`sgr-own-${ground}`);
  piece.style.setProperty(`--own-${ground}`, value);
}
