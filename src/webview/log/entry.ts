import { sgrEscape } from '../../domain/logs/ansi.ts';
import type { LogLevel } from '../../domain/logs/line.ts';

/** One line as the log area keeps it. */
export interface LineEntry {
  readonly kind: 'line';
  /** RFC 3339 with nanoseconds, UTC. */
  readonly at: string;
  /** Index into the sources that the host has named. */
  readonly source: number;
  readonly level: LogLevel | undefined;
  /** With SGR escapes. */
  readonly text: string;
  /** Columns of the text as it is drawn in its own column: characters, tabs for several. */
  readonly columns: number;
  /** True where the text tells of lines that could not be had. */
  readonly gap?: true;
}

/** A ruled line: where something happened to the deployment. */
export interface MarkEntry {
  readonly kind: 'mark';
  readonly at: string;
  readonly text: string;
  readonly tone: 'ok' | 'failed';
}

export type LogEntry = LineEntry | MarkEntry;

/** Which of the two counted classes a line belongs to, if any. */
export function severity(entry: LogEntry): 'error' | 'warning' | undefined {
  if (entry.kind === 'mark') return undefined;
  if (entry.level === 'error' || entry.level === 'fatal') return 'error';
  return entry.level === 'warn' ? 'warning' : undefined;
}

/** The text as it is read: without its SGR escapes. */
export function plainText(text: string): string {
  return text.includes('\u001b') ? text.replace(sgrEscape, '') : text;
}
