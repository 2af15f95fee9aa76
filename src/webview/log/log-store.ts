import type { LogSourceModel } from '../../shared/messages.ts';
import type { LogEntry, MarkEntry } from './entry.ts';
import { severity } from './entry.ts';
import type { LogFilter } from './filter.ts';
import { filterTest, NO_FILTER } from './filter.ts';
import { FilteredView } from './filtered-view.ts';
import { Ring } from './ring.ts';
import { compareTimes } from './time-order.ts';

export const LOG_CAPACITY = 100_000;
/** A late line finds its place among this many newest ones; an older one goes before them. */
export const LATE_WINDOW = 2_000;

/** What a batch did to the rows that are shown. */
export interface LogChange {
  /** New lines among those shown. */
  readonly added: number;
  /** Indices (in the shown list, at the time) where a line went in before the last one. */
  readonly insertedAt: readonly number[];
}

/** The log area's lines: the last 100,000 in time order, those that pass the filter, and how many are errors and warnings. */
export class LogStore {
  readonly #ring: Ring<LogEntry>;
  readonly #marks: MarkEntry[] = [];
  #sources: LogSourceModel[] = [];
  #filter: LogFilter = NO_FILTER;
  #shown: FilteredView;
  /** A filter just chosen, while it is still being worked out; the one before stays in view until then. */
  #coming: FilteredView | undefined;
  #errors = 0;
  #warnings = 0;
  #lines = 0;
  #longest = 0;

  constructor(capacity = LOG_CAPACITY) {
    this.#ring = new Ring(capacity);
    this.#shown = new FilteredView(this.#ring, () => true);
  }

  get shown(): Ring<LogEntry> {
    return this.#shown.matches;
  }
  get shownLines(): number {
    return this.#shown.lines;
  }
  get lines(): number {
    return this.#lines;
  }
  get errors(): number {
    return this.#errors;
  }
  get warnings(): number {
    return this.#warnings;
  }
  /** Characters of the longest line so far: what the width of the log is made from. */
  get longest(): number {
    return this.#longest;
  }
  /** Characters of the longest pod label, 8 at least. */
  get longestLabel(): number {
    return this.#sources.reduce((longest, source) => Math.max(longest, source.label.length), 8);
  }
  get filter(): LogFilter {
    return this.#filter;
  }

  source(index: number): LogSourceModel | undefined {
    return this.#sources[index];
  }

  /** The time of the newest line; undefined while there is none. */
  get lastLineAt(): string | undefined {
    for (let index = this.#ring.length - 1; index >= 0; index--) {
      const entry = this.#ring.at(index);
      if (entry?.kind === 'line') return entry.at;
    }
    return undefined;
  }

  /** Forgets lines and sources. Marks stay: what happened to the deployment holds for any choice of logs. */
  reset(): void {
    this.#sources = [];
    this.#ring.clear();
    this.#errors = this.#warnings = this.#lines = this.#longest = 0;
    this.#coming = undefined;
    this.#shown = new FilteredView(this.#ring, this.#test());
    this.add(this.#marks);
  }

  nameSources(from: number, sources: readonly LogSourceModel[]): void {
    sources.forEach((source, index) => (this.#sources[from + index] = source));
  }

  add(entries: readonly LogEntry[]): LogChange {
    const insertedAt: number[] = [];
    let added = 0;
    for (const entry of entries) {
      const place = this.#addOne(entry);
      if (place === undefined) continue;
      added++;
      if (place < this.shown.length - 1) insertedAt.push(place);
    }
    return { added, insertedAt };
  }

  /** Puts the ruled line in its place in time; the same one twice counts once. */
  mark(mark: MarkEntry): LogChange {
    const known = this.#marks.some((other) => other.at === mark.at && other.text === mark.text);
    if (known) return { added: 0, insertedAt: [] };
    this.#marks.push(mark);
    return this.add([mark]);
  }

  /** Begins to work out another filter; `scan` carries it on. */
  setFilter(filter: LogFilter): void {
    this.#filter = filter;
    this.#coming = new FilteredView(this.#ring, this.#test());
  }

  /**
   * Works on a newly chosen filter until `deadline` (milliseconds of `performance.now`).
   * @returns `idle` when there is nothing to do, `more` when it is not through, `swapped` when the new list is now shown.
   */
  scan(deadline: number): 'idle' | 'more' | 'swapped' {
    if (this.#coming === undefined) return 'idle';
    if (!this.#coming.scan(deadline, () => performance.now())) return 'more';
    this.#shown = this.#coming;
    this.#coming = undefined;
    return 'swapped';
  }

  #test(): (entry: LogEntry) => boolean {
    return filterTest(this.#filter, (index) => this.#sources[index]?.label ?? '');
  }

  #addOne(entry: LogEntry): number | undefined {
    const fromEnd = this.#placeFromEnd(entry.at);
    const gone = this.#ring.insert(entry, fromEnd);
    if (gone !== undefined) {
      this.#count(gone, -1);
      this.#shown.evicted(gone);
      this.#coming?.evicted(gone);
    }
    this.#count(entry, 1);
    if (entry.text.length > this.#longest) this.#longest = entry.text.length;
    this.#coming?.inserted(entry, fromEnd);
    return this.#shown.inserted(entry, fromEnd);
  }

  /** Equal times keep the order in which they came. */
  #placeFromEnd(at: string): number {
    const limit = Math.min(LATE_WINDOW, this.#ring.length, this.#ring.capacity - 1);
    let fromEnd = 0;
    while (fromEnd < limit) {
      const other = this.#ring.at(this.#ring.length - 1 - fromEnd);
      if (other === undefined || compareTimes(other.at, at) <= 0) break;
      fromEnd++;
    }
    return fromEnd;
  }

  #count(entry: LogEntry, by: 1 | -1): void {
    if (entry.kind === 'line') this.#lines += by;
    const level = severity(entry);
    if (level === 'error') this.#errors += by;
    if (level === 'warning') this.#warnings += by;
  }
}
