import type { StampedLine } from './split.ts';
import { utcStamp } from './stamp.ts';

/**
 * How far a container's log has been read, so that it can go on after a cut without a line lost or doubled. The API server's
 * `sinceTime` knows whole seconds only (metav1.Time), so the lines of the last seconds come again: they are recognised by their
 * stamp and text, and counted, since the same text may be logged twice at once.
 */
export class LogPosition {
  readonly #notBefore: string | undefined;
  /** The earliest line of the first reading: what a server sends from before it was left out by the tail. */
  #first: string | undefined;
  #resumed = false;
  /** The last two seconds with lines, which a server repeats: two, since stdout and stderr are stamped apart. */
  #seconds: { readonly second: string; readonly seen: Map<string, number> }[] = [];
  #repeating = new Map<string, number>();

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
    return this.#seconds.at(-1)?.second;
  }

  /** To be called before the log is asked for again from `sinceTime` on. */
  resume(): void {
    this.#resumed = true;
    this.#repeating = new Map(this.#seconds.flatMap(({ seen }) => [...seen]));
  }

  /** True for a line that was not seen yet, which it is from then on. What has no stamp is no log line: always true. */
  accept(line: StampedLine): boolean {
    const { at } = line;
    if (at === undefined) return true;
    if (this.#notBefore !== undefined && at < this.#notBefore) return false;
    if (this.#resumed && this.#first !== undefined && at < this.#first) return false;
    if (!this.#resumed && (this.#first === undefined || at < this.#first)) this.#first = at;
    const key = keyOf(at, line.text);
    const repeats = this.#repeating.get(key) ?? 0;
    if (repeats > 0) {
      if (repeats === 1) this.#repeating.delete(key);
      else this.#repeating.set(key, repeats - 1);
      return false;
    }
    this.#note(at.slice(0, 19), key);
    return true;
  }

  #note(second: string, key: string): void {
    let entry = this.#seconds.find((known) => known.second === second);
    if (!entry) {
      // A line from before both seconds came late: no server repeats it.
      if (this.#seconds.length === 2 && second < (this.#seconds[0]?.second ?? '')) return;
      entry = { second, seen: new Map() };
      this.#seconds.push(entry);
      this.#seconds.sort((a, b) => (a.second < b.second ? -1 : 1));
      this.#seconds = this.#seconds.slice(-2);
    }
    entry.seen.set(key, (entry.seen.get(key) ?? 0) + 1);
  }
}

/** The stamp and a hash of the text's beginning (FNV-1a, 32 bits): lines are told apart without keeping them. */
function keyOf(at: string, text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < Math.min(text.length, 4096); i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${at} ${(hash >>> 0).toString(36)}`;
}
