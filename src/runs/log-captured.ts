import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { levelOf } from '../domain/logs/level.ts';
import type { LogLine } from '../domain/logs/line.ts';
import { mergeSorted } from '../domain/logs/merge-sorted.ts';
import { sanitizeLine } from '../domain/logs/sanitize.ts';
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

function* shown(source: CapturedSource, content: string): Generator<LogLine> {
  let last = '';
  for (let from = 0; from < content.length;) {
    const end = content.indexOf('\n', from);
    const to = end === -1 ? content.length : end;
    const { at = last, text, omittedBytes } = readLine(content.slice(from, to));
    last = at;
    yield { source, at, text: sanitizeLine(text, omittedBytes), level: levelOf(text) };
    from = to + 1;
  }
}
