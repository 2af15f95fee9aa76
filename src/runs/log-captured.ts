import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { levelOf } from '../domain/logs/level.ts';
import type { LogLine } from '../domain/logs/line.ts';
import { mergeSorted } from '../domain/logs/merge-sorted.ts';
import { sanitizeLine } from '../domain/logs/sanitize.ts';
import { utcStamp } from '../domain/logs/stamp.ts';
import {
  type CapturedSource,
  captureNotice,
  type CaptureSummary,
  type IndexedSource,
  readIndex,
  summaryOf,
} from './log-capture-index.ts';
import { readLine } from './log-capture-line.ts';

/** Logs that were captured before their pods went, read back from their folder. */
export class CapturedLogs {
  /** To be shown beside the lines: they are kept as printed. */
  readonly notice = captureNotice;
  readonly summary: CaptureSummary;
  readonly #folder: string;
  readonly #indexed: readonly IndexedSource[];

  private constructor(folder: string, summary: CaptureSummary, indexed: readonly IndexedSource[]) {
    this.#folder = folder;
    this.summary = summary;
    this.#indexed = indexed;
  }

  /** Undefined where nothing was captured into the folder. Throws where it may not be read. */
  static async open(folder: string): Promise<CapturedLogs | undefined> {
    const index = await readIndex(folder);
    return index && new CapturedLogs(folder, summaryOf(index), index.sources);
  }

  /** In the containers' order; each line names its source by identity, one of `summary.sources`. */
  get sources(): readonly CapturedSource[] {
    return this.summary.sources;
  }

  /** One source's lines, oldest first, harmless to show. Throws where its file cannot be read. */
  async lines(source: CapturedSource): Promise<readonly LogLine[]> {
    const indexed = this.#indexed.find((one) => one.source === source);
    return indexed === undefined ? [] : [...shown(source, await this.#read(indexed))];
  }

  /** The lines of these sources, of all by default, in time order. Throws where a file cannot be read. */
  async *inTimeOrder(sources: readonly CapturedSource[] = this.sources): AsyncGenerator<LogLine, void> {
    const indexed = this.#indexed.filter(({ source }) => sources.includes(source));
    const contents = await Promise.all(indexed.map((one) => this.#read(one)));
    yield* mergeSorted(
      indexed.map(({ source }, i) => shown(source, contents[i] ?? '')),
      ({ at }) => at,
    );
  }

  /** As `inTimeOrder`, to be read piece by piece, with what was cut or could not be read told in its place. */
  async told(sources: readonly CapturedSource[]): Promise<Iterable<LogLine>> {
    const indexed = this.#indexed.filter(({ source }) => sources.includes(source));
    const contents = await Promise.all(indexed.map((one) => this.#read(one)));
    return mergeSorted(
      indexed.map(({ source }, i) => told(source, contents[i] ?? '', this.summary.capturedAt)),
      ({ at }) => at,
    );
  }

  /** For a report: the newest lines of all sources whose level is error or fatal, at most `count`, in time order. */
  async newestErrors(count: number): Promise<readonly LogLine[]> {
    const errors: LogLine[] = [];
    for await (const line of this.inTimeOrder()) {
      if (line.level !== 'error' && line.level !== 'fatal') continue;
      errors.push(line);
      if (errors.length > 2 * count) errors.splice(0, errors.length - count);
    }
    return errors.slice(-count);
  }

  #read({ file }: IndexedSource): Promise<string> {
    return readFile(join(this.#folder, file), 'utf8');
  }
}

function* shown(source: CapturedSource, content: string, first = ''): Generator<LogLine> {
  let last = first;
  for (let from = 0; from < content.length;) {
    const end = content.indexOf('\n', from);
    const to = end === -1 ? content.length : end;
    const { at = last, text, omittedBytes } = readLine(content.slice(from, to));
    last = at;
    yield { source, at, text: sanitizeLine(text, omittedBytes), level: levelOf(text) };
    from = to + 1;
  }
}

function* told(source: CapturedSource, content: string, capturedAt: string): Generator<LogLine> {
  const at = firstStamp(content) ?? utcStamp(capturedAt) ?? capturedAt;
  const gap = (when: string, text: string): LogLine => ({
    source,
    at: when,
    text,
    level: undefined,
    gap: true,
  });
  if (source.cutLines > 0) yield gap(at, cutWords(source));
  let last = at;
  for (const line of shown(source, content, at)) {
    last = line.at;
    yield line;
  }
  if (source.problem !== undefined) yield gap(last, `Captured: ${source.problem}`);
}

function firstStamp(content: string): string | undefined {
  for (let from = 0; from < content.length;) {
    const end = content.indexOf('\n', from);
    const to = end === -1 ? content.length : end;
    const { at } = readLine(content.slice(from, Math.min(to, from + 64)));
    if (at !== undefined) return at;
    from = to + 1;
  }
  return undefined;
}

function cutWords({ cutLines, cutBytes }: CapturedSource): string {
  const lines = `${cutLines.toLocaleString('en-US')} older ${cutLines === 1 ? 'line' : 'lines'}`;
  const size =
    cutBytes < 1024 * 1024
      ? `${Math.ceil(cutBytes / 1024)} KiB`
      : `${(cutBytes / 1024 / 1024).toFixed(1)} MiB`;
  return `${lines} (${size}) were captured and cut again: the limit for all captured logs of a run was reached.`;
}
