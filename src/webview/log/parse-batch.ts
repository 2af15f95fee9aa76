import type { LogLevel } from '../../domain/logs/line.ts';
import type { LineEntry } from './entry.ts';
import { readColumns } from './text-columns.ts';

const LEVELS: ReadonlySet<unknown> = new Set<LogLevel>(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);
const isLevel = (value: unknown): value is LogLevel => LEVELS.has(value);

/** The lines of one batch, and how many could not be read. */
export interface ParsedBatch {
  readonly lines: readonly LineEntry[];
  readonly unreadable: number;
}

/** Reads UTF-8 JSON of `LogLineTuple[]`. A wrong line is counted and left out; a wrong batch counts as one. */
export function parseBatch(bytes: Uint8Array): ParsedBatch {
  let tuples: unknown;
  try {
    tuples = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Counted and told in the foot of the log: nothing more can be said about bytes that are not JSON.
    return { lines: [], unreadable: 1 };
  }
  if (!Array.isArray(tuples)) return { lines: [], unreadable: 1 };
  const lines: LineEntry[] = [];
  for (const tuple of tuples) {
    const line = parseLine(tuple);
    if (line !== undefined) lines.push(line);
  }
  return { lines, unreadable: tuples.length - lines.length };
}

function parseLine(tuple: unknown): LineEntry | undefined {
  if (!Array.isArray(tuple)) return undefined;
  const [source, at, level, text]: unknown[] = tuple;
  if (typeof source !== 'number' || typeof at !== 'string' || typeof text !== 'string') return undefined;
  const known = isLevel(level) ? level : undefined;
  const line = { kind: 'line', source, at, level: known, text, columns: readColumns(text, known) } as const;
  return level === 'gap' ? { ...line, gap: true } : line;
}
