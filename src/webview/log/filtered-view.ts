import type { LogEntry } from './entry.ts';
import { Ring } from './ring.ts';
import { compareTimes } from './time-order.ts';

/** How much is tested between two looks at the clock: in characters, to which each entry adds its own cost. */
const STRIDE = 50_000;
const ENTRY_COST = 100;

/** Entries that were put into a list, and where they stand in it, both in its order. */
export interface Merged {
  readonly entries: readonly LogEntry[];
  readonly places: readonly number[];
}

/** True where `one` stands behind `other`; of equal times the one that came first stands before. */
export function isAfter(one: LogEntry, other: LogEntry): boolean {
  return compareTimes(one.at, other.at) > 0;
}

/**
 * The entries of a ring that pass a test, found in slices so that no frame is held up, and kept true while the ring goes on
 * changing. It covers the ring's first `scanned` entries; once that is all of them it is complete and stays so.
 */
export class FilteredView {
  readonly matches: Ring<LogEntry>;
  readonly #base: Ring<LogEntry>;
  readonly #passes: (entry: LogEntry) => boolean;
  #scanned = 0;
  #lines = 0;

  constructor(base: Ring<LogEntry>, passes: (entry: LogEntry) => boolean) {
    this.#base = base;
    this.#passes = passes;
    this.matches = new Ring(base.capacity);
  }

  get complete(): boolean {
    return this.#scanned === this.#base.length;
  }

  /** Matching lines, marks not counted. */
  get lines(): number {
    return this.#lines;
  }

  /** Tests more entries until `deadline` (on `now`'s clock, milliseconds) has passed. True when complete. */
  scan(deadline: number, now: () => number): boolean {
    while (!this.complete && now() < deadline) {
      for (let cost = 0; cost < STRIDE && !this.complete; this.#scanned++) {
        const entry = this.#base.at(this.#scanned);
        if (entry === undefined) continue;
        cost += ENTRY_COST + entry.text.length;
        if (this.#passes(entry)) this.#add(entry, 0);
      }
    }
    return this.complete;
  }

  /** To be called when the ring has dropped its oldest entry. True when that was a match. */
  evicted(entry: LogEntry): boolean {
    if (this.#scanned > 0) this.#scanned--;
    if (this.matches.at(0) !== entry) return false;
    this.matches.shift();
    if (entry.kind === 'line') this.#lines--;
    return true;
  }

  /**
   * To be called when the ring has taken `entry` in, `fromEnd` entries before its end. Answers where it went in `matches`:
   * an index, or undefined when it does not pass or is not reached yet.
   */
  inserted(entry: LogEntry, fromEnd: number): number | undefined {
    const index = this.#base.length - 1 - fromEnd;
    if (index > this.#scanned) return undefined;
    this.#scanned++;
    if (!this.#passes(entry)) return undefined;
    const after = this.#matchesAfter(index);
    this.#add(entry, after);
    return this.matches.length - 1 - after;
  }

  /**
   * To be called of a complete view when the ring has merged `entries` in. Answers which of them pass and where they stand in
   * `matches`; undefined where the view was not complete: it is to be begun anew.
   */
  merged(entries: readonly LogEntry[]): Merged | undefined {
    if (this.#scanned + entries.length !== this.#base.length) return undefined;
    this.#scanned = this.#base.length;
    const passing = entries.filter((entry) => this.#passes(entry));
    this.#lines += passing.filter(({ kind }) => kind === 'line').length;
    return { entries: passing, places: this.matches.merge(passing, isAfter) };
  }

  /** How many matches stand after `index` in the ring; both lists are in the same order. */
  #matchesAfter(index: number): number {
    let after = 0;
    for (let place = this.#scanned - 1; place > index; place--) {
      const match = this.matches.at(this.matches.length - 1 - after);
      if (match !== undefined && match === this.#base.at(place)) after++;
    }
    return after;
  }

  #add(entry: LogEntry, fromEnd: number): void {
    this.matches.insert(entry, fromEnd);
    if (entry.kind === 'line') this.#lines++;
  }
}
