import type { LogLevel } from '../../domain/logs/line.ts';
import type { LogEntry } from './entry.ts';
import { plainText } from './entry.ts';
import { textAfterLevel } from './level-column.ts';

/** What stands before a line's text, and how many characters fit beside each other. */
export interface TextColumns {
  /** Columns of time, pod and level with the gaps after them. */
  readonly before: number;
  /** Columns of the whole row. */
  readonly all: number;
}

const TIME = 12;
const LEVEL = 5;
const GAP = 2;
/** The style sheet has the same number. */
const MOST_LABEL = 28;
/** With less room than this beside the other columns, the text goes on below them. */
const LEAST_BESIDE = 36;
/** Characters between two tab stops, as browsers have them. */
const TAB = 8;

export function textColumns(all: number, label: number, stamps: boolean): TextColumns {
  const time = stamps ? TIME + GAP : 0;
  return { before: time + Math.min(label, MOST_LABEL) + GAP + LEVEL + GAP - 1, all: Math.max(8, all) };
}

/** Whether wrapped text stays in its own column; else it goes on over the whole width. */
export function hangs({ before, all }: TextColumns): boolean {
  return all - before >= LEAST_BESIDE;
}

/** Columns of a line's text without its escapes and without the level word that has a column of its own. */
export function readColumns(text: string, level: LogLevel | undefined): number {
  const read = plainText(textAfterLevel(text, level));
  return read.includes('\t') ? read.length + (read.split('\t').length - 1) * (TAB - 1) : read.length;
}

/**
 * How many rows an entry's text takes when it wraps, as far as can be told without drawing it: characters of double width
 * and words that do not fit make it more. What is drawn is measured and corrects this.
 */
export function wrappedRows(entry: LogEntry, columns: TextColumns): number {
  if (entry.kind === 'mark') return 1;
  const { before, all } = columns;
  const wide = hangs(columns) ? entry.columns / (all - before) : (before + entry.columns) / all;
  return Math.max(1, Math.ceil(wide));
}
