import { sgrEscape } from './ansi.ts';
import type { LogLevel } from './line.ts';
import { levelOfJson } from './level-json.ts';
import { levelOfWord } from './level-word.ts';

/** How much of a plain line is looked at: loggers put the level in front. */
const headLength = 512;

/**
 * The severity that a line states itself, or undefined. SGR escapes are ignored; time grows with the length alone.
 *
 * - JSON lines: the top-level key `level`, `severity`, `lvl` … (see level-json.ts), in words or pino's numbers.
 * - Plain lines, in this order: klog's `E0102 15:04:05`; `level=error`; a word in brackets, `[error]`; a level in capitals that
 *   stands alone and has only stamps, numbers, names with punctuation and at most one plain word before it; a line
 *   that begins (after its time stamp) with `error:`, `panic:` …, or as an exception does: `TypeError: …`, `Traceback …`.
 * - Not a level: the word anywhere else, so `0 errors`, `no error`, `GET /errors/1`, `ERROR_CODE=7` say nothing.
 */
export function levelOf(text: string): LogLevel | undefined {
  if (text.startsWith('{')) return levelOfJson(text);
  const head = text.slice(0, headLength).replace(sgrEscape, '');
  const start = head.trimStart();
  if (start.startsWith('{')) return levelOfJson(text.slice(text.indexOf('{')));
  return klog(start) ?? logfmt(start) ?? bracketed(start) ?? capitals(start) ?? opening(start);
}

const klogLevels: Readonly<Record<string, LogLevel>> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' };

function klog(head: string): LogLevel | undefined {
  const letter = /^([IWEF])\d{4} \d\d:\d\d:\d\d/.exec(head)?.[1];
  return letter === undefined ? undefined : klogLevels[letter];
}

function logfmt(head: string): LogLevel | undefined {
  const word = /(?:^|[\s,{])(?:level|lvl|severity|loglevel|log\.level)="?([A-Za-z]{1,12})\b/.exec(head)?.[1];
  return word === undefined ? undefined : levelOfWord(word);
}

function bracketed(head: string): LogLevel | undefined {
  for (const [, word = ''] of head.slice(0, 200).matchAll(/[[<(|] {0,2}([A-Za-z]{3,9}) {0,2}[\])>|:]/g)) {
    const level = levelOfWord(word);
    if (level !== undefined) return level;
  }
  return undefined;
}

/** Words in capitals that are read as a level in the middle of a line's head; `LOG` is PostgreSQL's. */
function capitals(head: string): LogLevel | undefined {
  let plainWords = 0;
  for (const token of head.split(/\s+/, 10)) {
    const word = /^(?:[a-z-]{1,20}\.)?[^A-Za-z\d_]*([A-Z]{3,9})(?![A-Za-z\d_])/.exec(token)?.[1];
    const level = word === undefined ? undefined : word === 'LOG' ? 'info' : levelOfWord(word);
    if (level !== undefined) return level;
    if (/^[A-Za-z]+[,.;:!?]?$/.test(token) && ++plainWords > 1) return undefined;
  }
  return undefined;
}

const exception =
  /^(?:uncaught |unhandled )?(?:exception in thread |traceback \(most recent call last\)|caused by: |[\w$.]*[a-z](?:error|exception)\b[:\s[(])/i;

function opening(head: string): LogLevel | undefined {
  // Leading tokens with a digit in them are the time stamp, in whatever form.
  const rest = head.replace(/^(?:(?=[^\s\d]{0,12}\d)[^\sa-z]{2,40}\s+){1,3}/, '');
  const word = /^([A-Za-z]{3,9})(?:!|:|\s+-)\s/.exec(`${rest} `)?.[1];
  const level = word === undefined ? undefined : levelOfWord(word);
  return level ?? (exception.test(rest) ? 'error' : undefined);
}
