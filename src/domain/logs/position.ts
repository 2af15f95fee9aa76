import type { StampedLine } from './split.ts';
import { utcStamp } from './stamp.ts';

/**
 * How far a container's log has been read, so that it can go on after a cut without a line lost or doubled. The API server's
 * `sinceTime` knows whole seconds only (metav1.Time), so the lines of the last seconds come again: they are recognised by their
 * stamp and text, and counted, since the same text may be logged twice at once. Where not one of them comes again, the file was
 * rotated or the run's log removed meanwhile: what is then missing cannot be had, but it can be told (`misses`).
 * One thing is beyond it: where a node's clock is set back while nothing is read, the server leaves out what it stamps before
 * `sinceTime`, and nothing shows that it did.
 */
export class LogPosition {
  readonly #notBefore: string | undefined;
  /** The earliest line of the first reading: what a server sends of the same second from before it was left out by the tail. */
  #first: string | undefined;
  #resumed = false;
  /** True from a resumption on until the first line that was seen before, or is new, has come. */
  #beginning = false;
  /** The last two seconds with lines, which a server repeats: two, since stdout and stderr are stamped apart. */
  #seconds: { readonly second: string; readonly seen: Map<string, number> }[] = [];
  #repeating = new Map<string, number>();
  /** False from an interruption on until the log has shown that it goes on where it was left. */
  #anchored = true;
  #last: string | undefined;
  #highest = '';
  /** The highest stamp from before the node's clock was set back, while a server still repeats lines from then. */
  #setBackFrom: string | undefined;
  #endedRun: number | undefined;

  /** `notBefore` is RFC 3339 in UTC: earlier lines are not wanted. */
  constructor(notBefore?: string) {
    this.#notBefore = notBefore === undefined ? undefined : utcStamp(notBefore);
  }

  /** Whole second to ask for as `sinceTime`; undefined while no line was seen and no start was given. */
  get sinceTime(): string | undefined {
    const second = this.#seconds[0]?.second ?? this.#notBefore?.slice(0, 19);
    return second === undefined ? undefined : `${second}Z`;
  }

  /** The second of the last line seen, `2026-01-02T15:04:05`; undefined before the first one. */
  get lastSecond(): string | undefined {
    return this.#last?.slice(0, 19);
  }

  /** The restart count of the run whose log was read to its end, while nothing was read since; else undefined. */
  get endedRun(): number | undefined {
    return this.#endedRun;
  }

  /** True where the log has shown that it goes on where it was left, or was not interrupted. */
  get isAnchored(): boolean {
    return this.#anchored;
  }

  /** To be called when a run's log was read to its end: the next line comes from another run, and none is missing before it. */
  runEnded(restarts: number): void {
    this.#endedRun = restarts;
  }

  /** To be called where the reading was cut off: the next new line is believed only after one that was seen before. */
  interrupted(): void {
    this.#anchored = this.#last === undefined;
  }

  /** To be called where it is known, in another way, that no line is missing before the next one. */
  goesOn(): void {
    this.#anchored = true;
  }

  /** To be called before the log is asked for again from `sinceTime` on. */
  resume(): void {
    this.#resumed = this.#beginning = true;
    this.#repeating = new Map(this.#seconds.flatMap(({ seen }) => [...seen]));
  }

  /** Before `accept`: true for a new line before which others may be missing, since no line that was seen came before it. */
  misses(line: StampedLine): boolean {
    return !this.#anchored && line.at !== undefined && this.#judge(line.at, line.text) === 'new';
  }

  /** True for a line that was not seen yet, which it is from then on. What has no stamp is no log line: always true. */
  accept(line: StampedLine): boolean {
    const { at } = line;
    if (at === undefined) return true;
    const key = keyOf(at, line.text);
    const judged = this.#judge(at, line.text, key);
    if (judged === 'repeated') {
      const repeats = this.#repeating.get(key) ?? 0;
      if (repeats === 1) this.#repeating.delete(key);
      else this.#repeating.set(key, repeats - 1);
      this.#anchored = true;
    }
    if (judged !== 'unwanted') this.#beginning = false;
    if (judged !== 'new') return false;
    if (!this.#resumed && (this.#first === undefined || at < this.#first)) this.#first = at;
    this.#anchored = true;
    this.#endedRun = undefined;
    this.#note(at, key);
    return true;
  }

  #judge(at: string, text: string, key = keyOf(at, text)): 'new' | 'repeated' | 'unwanted' {
    if (this.#notBefore !== undefined && at < this.#notBefore) return 'unwanted';
    if ((this.#repeating.get(key) ?? 0) > 0) return 'repeated';
    const first = this.#beginning ? this.#first : undefined;
    if (first !== undefined && at < first && at.slice(0, 19) === first.slice(0, 19)) return 'unwanted';
    // Of the time before the clock was set back everything was seen, and stands before the lines that come again.
    if (!this.#anchored && this.#setBackFrom !== undefined && at <= this.#setBackFrom) return 'unwanted';
    return 'new';
  }

  #note(at: string, key: string): void {
    const second = at.slice(0, 19);
    let entry = this.#seconds.find((known) => known.second === second);
    if (!entry) {
      entry = { second, seen: new Map() };
      const isSetBack = second < (this.#seconds.at(-1)?.second ?? '');
      if (isSetBack) this.#setBackFrom = this.#highest;
      this.#seconds = isSetBack ? [entry] : [...this.#seconds.slice(-1), entry];
    }
    entry.seen.set(key, (entry.seen.get(key) ?? 0) + 1);
    this.#last = at;
    if (at > this.#highest) this.#highest = at;
    if (this.#setBackFrom !== undefined && (this.#seconds[0]?.second ?? '') > this.#setBackFrom.slice(0, 19))
      this.#setBackFrom = undefined;
  }
}

/** The stamp and a hash of the text's beginning (FNV-1a, 32 bits): lines are told apart without keeping them. */
function keyOf(at: string, text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < Math.min(text.length, 4096); i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${at} ${(hash >>> 0).toString(36)}`;
}
