import type { LogLevel } from './line.ts';
import { levelOfWord } from './level-word.ts';

/** In the order of trust: ECS, most loggers, Google, OpenTelemetry, Python, Serilog. */
const keys = [
  'log.level',
  'level',
  'severity',
  'lvl',
  'loglevel',
  'logLevel',
  'log_level',
  'severityText',
  'SeverityText',
  'levelname',
  'Level',
  '@l',
];

/**
 * The level of a line that begins with `{`: of its top-level keys where it is JSON, of the first such key in its text where it
 * was cut. Numbers are pino's and bunyan's (10 trace … 60 fatal).
 */
export function levelOfJson(text: string): LogLevel | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return levelOfCut(text);
  for (const key of keys) {
    const level = levelOfValue(parsed[key]);
    if (level !== undefined) return level;
  }
  const log = parsed['log'];
  return isObject(log) ? levelOfValue(log['level']) : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined; // Cut off, or only JSON-like: its beginning is searched instead.
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function levelOfCut(text: string): LogLevel | undefined {
  const pair = /"(?:log\.)?(?:level|severity|lvl)"\s{0,4}:\s{0,4}"?(\w{1,12})/i.exec(
    text.slice(0, 2048),
  )?.[1];
  return pair === undefined ? undefined : levelOfValue(pair);
}

function levelOfValue(value: unknown): LogLevel | undefined {
  if (typeof value === 'string' && !/^\d+$/.test(value)) return levelOfWord(value.trim());
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = Number(value);
  if (number < 10 || number > 99) return undefined;
  if (number >= 60) return 'fatal';
  if (number >= 50) return 'error';
  if (number >= 40) return 'warn';
  if (number >= 30) return 'info';
  return number >= 20 ? 'debug' : 'trace';
}
