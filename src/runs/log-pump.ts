import { levelOf } from '../domain/logs/level.ts';
import type { LogLine, LogSource } from '../domain/logs/line.ts';
import { LogMerge } from '../domain/logs/merge.ts';
import { sanitizeLine } from '../domain/logs/sanitize.ts';
import type { StampedLine } from '../domain/logs/split.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { LogBacklog } from './log-backlog.ts';
import { LogRing } from './log-ring.ts';

/** How long a line waits for earlier ones of other containers. */
export const mergeWindowMs = 300;
/** At most one batch per so many milliseconds: a frame of the panel renders one. */
const batchEveryMs = 30;
const waitingLines = 20_000;
/** What the merge may hold back: three windows of 100,000 lines a second, and of long lines as much text as may wait. */
const heldLines = 90_000;
const heldCharacters = 32 * 1024 * 1024;
const batchLines = 4_000;

interface RawLine {
  readonly source: LogSource;
  readonly at: string;
  readonly text: string;
  readonly omittedBytes: number;
  readonly gap?: true;
}

/** From many streams to one: merges by time, keeps what was not asked for yet, and delivers as much as credit was given. */
export class LogPump {
  readonly #clock: Clock;
  readonly #deliver: (lines: readonly LogLine[]) => void;
  readonly #merge = new LogMerge<RawLine>(mergeWindowMs);
  readonly #ring = new LogRing<RawLine>(waitingLines);
  readonly #backlog: LogBacklog;
  readonly #lastAt = new WeakMap<LogSource, string>();
  #credit = 0;
  #received = 0;
  #heldCharacters = 0;
  #holdUntilMs = 0;
  #tick: Ending | undefined;
  #lastBatchMs = -Infinity;

  /** `backlog` has lines that are there already, in time order: each comes before the first later one of the streams. */
  constructor(clock: Clock, deliver: (lines: readonly LogLine[]) => void, backlog: Iterable<LogLine> = []) {
    this.#clock = clock;
    this.#backlog = new LogBacklog(backlog);
    this.#deliver = deliver;
  }

  get received(): number {
    return this.#received;
  }

  get dropped(): number {
    return this.#ring.dropped;
  }

  /** Holds all lines back until then, so that streams which open one after the other still begin in time order. */
  holdUntil(ms: number): void {
    this.#holdUntilMs = ms;
  }

  push(source: LogSource, lines: readonly StampedLine[]): void {
    const now = this.#clock.now();
    for (const { at, text, omittedBytes, gap } of lines) {
      const stamp = at ?? this.#lastAt.get(source) ?? stampOf(now);
      this.#lastAt.set(source, stamp);
      this.#merge.push({ source, at: stamp, text, omittedBytes, ...(gap ? { gap } : {}) }, now);
      this.#heldCharacters += text.length;
      if (!gap) this.#received++;
    }
    // A flood cannot wait for the window; the newest half still does, so that it comes in order.
    if (this.#merge.size > heldLines || this.#heldCharacters > heldCharacters)
      this.#release(this.#merge.oldest(Math.ceil(this.#merge.size / 2)));
    this.#schedule();
  }

  /** More lines that are there already, in time order. */
  addBacklog(lines: Iterable<LogLine>): void {
    this.#backlog.add(lines);
    this.#schedule();
  }

  /** Allows so many more lines to be delivered. */
  addCredit(lines: number): void {
    this.#credit += lines;
    this.#schedule();
  }

  dispose(): void {
    this.#tick?.dispose();
    this.#tick = undefined;
    this.#credit = 0;
    this.#backlog.forget();
  }

  #release(lines: readonly RawLine[]): void {
    for (const { text } of lines) this.#heldCharacters -= text.length;
    this.#ring.push(lines);
  }

  #schedule(): void {
    const deliverable = (this.#ring.size > 0 || this.#backlog.next !== undefined) && this.#credit > 0;
    if (this.#tick || (this.#merge.size === 0 && !deliverable)) return;
    const sinceLastMs = this.#clock.now() - this.#lastBatchMs;
    this.#tick = this.#clock.after(Math.max(1, batchEveryMs - sinceLastMs), () => {
      this.#tick = undefined;
      this.#run();
      this.#schedule();
    });
  }

  #run(): void {
    const now = this.#clock.now();
    this.#lastBatchMs = now;
    const holds = now < this.#holdUntilMs;
    if (!holds) this.#release(this.#merge.due(now));
    const lines = this.#take(Math.min(this.#credit, batchLines), holds);
    if (lines.length === 0) return;
    this.#credit -= lines.length;
    this.#deliver(lines);
  }

  #take(count: number, holds: boolean): readonly LogLine[] {
    if (this.#backlog.next === undefined) return this.#ring.take(count).map(shown);
    // Streams that are still being opened may have earlier lines.
    if (holds && this.#ring.size === 0) return [];
    const lines: LogLine[] = [];
    while (lines.length < count) {
      const kept = this.#backlog.takeUntil(this.#ring.oldest?.at);
      const line = kept ?? this.#ring.take(1).map(shown)[0];
      if (line === undefined) break;
      lines.push(line);
    }
    return lines;
  }
}

/** Lines are made harmless when they leave: those that are dropped cost nothing. */
function shown({ source, at, text, omittedBytes, gap }: RawLine): LogLine {
  if (gap) return { source, at, text, level: undefined, gap };
  return { source, at, text: sanitizeLine(text, omittedBytes), level: levelOf(text) };
}

function stampOf(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000000Z');
}
