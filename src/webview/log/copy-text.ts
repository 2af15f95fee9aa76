import type { LogSourceModel } from '../../shared/messages.ts';
import type { LogEntry } from './entry.ts';
import { plainText } from './entry.ts';

/** What the host takes at most, characters. */
const MOST_COPIED = 10 * 1024 * 1024;
const LEFT_OUT = '# Older lines are left out.';

interface Shown {
  readonly length: number;
  at(index: number): LogEntry | undefined;
}

/** How a line is written down. */
export interface TextForm {
  readonly stamps: boolean;
  readonly source: (index: number) => LogSourceModel | undefined;
}

/** An entry as plain text: UTC time where stamps are wanted, pod, line, separated by tabs; a mark as a comment. */
function entryText(entry: LogEntry, { stamps, source }: TextForm): string {
  const label = entry.kind === 'mark' ? '#' : (source(entry.source)?.label ?? '');
  return `${stamps ? `${entry.at}\t` : ''}${label}\t${plainText(entry.text)}`;
}

/**
 * Entries `from` to `end` (not included) as plain text. Where they are more than `most` characters, the newest of them, and a
 * first line that says so.
 */
export function copyText(
  shown: Shown,
  form: TextForm,
  { from = 0, end = shown.length, most = MOST_COPIED } = {},
): string {
  const lines: string[] = [];
  let length = LEFT_OUT.length;
  for (let index = end - 1; index >= from; index--) {
    const entry = shown.at(index);
    if (entry === undefined) continue;
    const line = entryText(entry, form);
    length += line.length + 1;
    if (length > most) {
      lines.push(LEFT_OUT);
      break;
    }
    lines.push(line);
  }
  return lines.reverse().join('\n');
}

/** Entries as text in pieces, each made when it is asked for, so that no frame is held up; each line ends with a line end. */
export function* textPieces(
  entries: readonly LogEntry[],
  form: TextForm,
  characters = 512 * 1024,
): Generator<string> {
  let piece = '';
  for (const entry of entries) {
    piece += `${entryText(entry, form)}\n`;
    if (piece.length < characters) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
