import type { LogLevel } from '../../domain/logs/line.ts';

const WORDS: Readonly<Record<LogLevel, string>> = {
  fatal: 'FATAL',
  error: 'ERROR',
  warn: 'WARN',
  info: 'INFO',
  debug: 'DEBUG',
  trace: 'TRACE',
};

// Programs that colour their logs wrap just this word in SGR escapes: those go with it.
const SGR = String.raw`(?:\u001b\[[\d;:]*m)*`;
const LEADING_WORD = new RegExp(
  String.raw`^${SGR}\[?(fatal|error|err|warn|warning|info|debug|trace)\]?:?${SGR}\s+`,
  'i',
);
const WRITTEN: Readonly<Record<string, LogLevel>> = { err: 'error', warning: 'warn' };

/** The level's word for its own column, five characters at most; empty where the line does not say. */
export function levelWord(level: LogLevel | undefined): string {
  return level === undefined ? '' : WORDS[level];
}

/** The text without the level word it begins with, where the column already says the same. */
export function textAfterLevel(text: string, level: LogLevel | undefined): string {
  const written = level === undefined ? undefined : LEADING_WORD.exec(text)?.[1]?.toLowerCase();
  if (written === undefined || (WRITTEN[written] ?? written) !== level) return text;
  return text.replace(LEADING_WORD, '');
}
