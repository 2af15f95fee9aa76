import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StampedLine } from '../domain/logs/split.ts';
import {
  type CaptureIndex,
  type CaptureOrigin,
  type IndexedSource,
  writeIndex,
} from './log-capture-index.ts';
import { readLine, writtenLine } from './log-capture-line.ts';

interface HeldLine {
  /** The stamp, or that of the line before where it has none. */
  readonly at: string;
  readonly text: string;
  readonly bytes: number;
}

/** The lines of one source, and what became of them. */
export class HeldSource {
  readonly source: CaptureOrigin;
  readonly file: string;
  lines: HeldLine[] = [];
  first = 0;
  bytes = 0;
  cutLines = 0;
  cutBytes = 0;
  problem: string | undefined;
  /** How many bytes its file has on the disk; undefined before it was written. */
  onDisk: number | undefined;
  /** True where its file does not have what is held here. */
  changed = false;

  constructor(source: CaptureOrigin, file: string) {
    this.source = source;
    this.file = file;
  }

  get oldest(): HeldLine | undefined {
    return this.lines[this.first];
  }

  get count(): number {
    return this.lines.length - this.first;
  }

  /** Whether this line, as it is written with its stamp, is among those held. */
  has(text: string): boolean {
    return this.lines.some((line, place) => place >= this.first && line.text === text);
  }

  cutOldest(): void {
    const line = this.lines[this.first];
    if (line === undefined) return;
    this.first++;
    this.bytes -= line.bytes;
    this.cutLines++;
    this.cutBytes += line.bytes;
    this.changed = true;
    if (this.first < 4096 || this.first * 2 < this.lines.length) return;
    this.lines = this.lines.slice(this.first);
    this.first = 0;
  }
}

/** How much more than the limit may be held before lines are cut: cutting one by one looks at all sources each time. */
const slackBytes = 1024 * 1024;

/** The lines of a capture: in memory within a limit, the oldest of all sources cut first, and in one file a source. */
export class CaptureStore {
  readonly #folder: string;
  readonly #limitBytes: number;
  readonly #capturedAt: string;
  readonly sources: HeldSource[] = [];
  #bytes = 0;
  #files = 0;
  /** Files of sources that were captured anew. */
  #gone: string[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(folder: string, limitBytes: number, capturedAt: string) {
    this.#folder = folder;
    this.#limitBytes = limitBytes;
    this.#capturedAt = capturedAt;
  }

  get bytes(): number {
    return this.#bytes;
  }

  begin(source: CaptureOrigin): HeldSource {
    const number = String(++this.#files).padStart(3, '0');
    const pod = source.pod.slice(-80).replace(/[^\w.-]/g, '_');
    const container = source.container.slice(0, 63).replace(/[^\w.-]/g, '_');
    const file = `${number}-${pod}-${container}${source.previous ? '-previous' : ''}.log`;
    const held = new HeldSource(source, file);
    this.sources.push(held);
    return held;
  }

  add(held: HeldSource, lines: readonly StampedLine[]): void {
    for (const line of lines) {
      const text = writtenLine(line);
      const bytes = Buffer.byteLength(text) + 1;
      const before = held.lines.at(-1)?.at ?? '';
      const at = line.at === undefined || line.at < before ? before : line.at;
      held.lines.push({ at, text, bytes });
      held.bytes += bytes;
      this.#bytes += bytes;
    }
    held.changed = true;
    if (this.#bytes > this.#limitBytes + slackBytes) this.#cut();
  }

  /** Forgets what was read of a source, which is read anew. */
  clear(held: HeldSource): void {
    this.#bytes -= held.bytes;
    held.lines = [];
    held.first = held.bytes = held.cutLines = held.cutBytes = 0;
    held.changed = true;
  }

  drop(held: HeldSource): void {
    this.clear(held);
    this.sources.splice(this.sources.indexOf(held), 1);
    if (held.onDisk !== undefined) this.#gone.push(held.file);
  }

  /** Takes in what an earlier capture has in this folder. */
  adopt({ file, source }: IndexedSource, content: string): void {
    const held = new HeldSource(source, file);
    this.sources.push(held);
    this.#files = Math.max(this.#files, Number.parseInt(file, 10) || 0);
    const written = content.split('\n').slice(0, -1);
    this.add(held, written.map(readLine));
    held.onDisk = Buffer.byteLength(content);
    held.changed = false;
    held.cutLines += source.cutLines;
    held.cutBytes += source.cutBytes;
    held.problem = source.problem;
  }

  /** The same log as captured before, if it was. */
  earlier(held: HeldSource): HeldSource | undefined {
    const { podUid, container, previous } = held.source;
    return this.sources.find(
      ({ source, ...other }) =>
        other.file !== held.file &&
        source.podUid === podUid &&
        source.container === container &&
        source.previous === previous,
    );
  }

  get index(): CaptureIndex {
    const written = this.sources.filter(({ onDisk }) => onDisk !== undefined);
    const sources = written.map(({ source, file, count, bytes, cutLines, cutBytes, problem }) => ({
      file,
      source: {
        ...source,
        lines: count,
        bytes,
        cutLines,
        cutBytes,
        ...(problem === undefined ? {} : { problem }),
      },
    }));
    return { capturedAt: this.#capturedAt, sources };
  }

  /** Writes `held` and, where the disk holds far more than the limit or this is the end, all that were cut since. */
  save(held?: HeldSource): Promise<void> {
    const saved = this.#saving.then(() => this.#save(held));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #save(held: HeldSource | undefined): Promise<void> {
    if (held === undefined) this.#cut();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (held !== undefined) await this.#write(held);
    const onDisk = this.sources.reduce((sum, source) => sum + (source.onDisk ?? 0), 0);
    if (held === undefined || onDisk > 2 * this.#limitBytes)
      for (const source of this.sources)
        if (source.onDisk !== undefined && source.changed) await this.#write(source);
    await writeIndex(this.#folder, this.index);
    for (const file of this.#gone.splice(0)) await rm(join(this.#folder, file), { force: true });
  }

  async #write(held: HeldSource): Promise<void> {
    held.onDisk = held.bytes;
    held.changed = false;
    let content = '';
    for (let i = held.first; i < held.lines.length; i++) content += `${held.lines[i]?.text}\n`;
    await writeFile(join(this.#folder, held.file), content, { mode: 0o600 });
  }

  /** Cuts the oldest lines of all sources until the limit holds. */
  #cut(): void {
    while (this.#bytes > this.#limitBytes) {
      const { oldest, until } = this.#oldest();
      if (oldest === undefined) return;
      for (let line = oldest.oldest; line !== undefined && line.at <= until; line = oldest.oldest) {
        if (this.#bytes <= this.#limitBytes) return;
        this.#bytes -= line.bytes;
        oldest.cutOldest();
      }
    }
  }

  /** The source with the oldest line, and the stamp of the next source's oldest. */
  #oldest(): { readonly oldest: HeldSource | undefined; readonly until: string } {
    let oldest: HeldSource | undefined;
    let first = '\uffff';
    let until = '\uffff';
    for (const source of this.sources) {
      const at = source.oldest?.at;
      if (at === undefined) continue;
      if (oldest === undefined || at < first) {
        until = first;
        first = at;
        oldest = source;
      } else if (at < until) until = at;
    }
    return { oldest, until };
  }
}
