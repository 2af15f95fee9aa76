import type { LogLevel } from './line.ts';

const words: readonly (readonly [LogLevel, string])[] = [
  ['fatal', 'fatal ftl critical crit emergency emerg alert panic dpanic'],
  ['error', 'error err eror severe'],
  ['warn', 'warn warning wrn'],
  ['info', 'info information informational inf notice'],
  ['debug', 'debug dbg debu fine'],
  ['trace', 'trace trc verbose vrb finer finest'],
];

const levels: ReadonlyMap<string, LogLevel> = new Map(
  words.flatMap(([level, list]) => list.split(' ').map((word) => [word, level] as const)),
);

/** The level that common loggers mean by a word, in any case: `WARNING`, `err`, `SEVERE`; undefined for other words. */
export function levelOfWord(word: string): LogLevel | undefined {
  return levels.get(word.toLowerCase());
}
