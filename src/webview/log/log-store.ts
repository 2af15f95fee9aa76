import type { LogSourceModel } from '../../shared/messages.ts';
import type { LogEntry, MarkEntry } from './entry.ts';
import { severity } from './entry.ts';
import type { LogFilter } from './filter.ts';
import { filterTest, NO_FILTER, searchTest } from './filter.ts';
import type { Merged } from './filtered-view.ts';
import { FilteredView, isAfter } from './filtered-view.ts';
import type { Pattern } from './pattern.ts';
import { plainPattern } from './pattern.ts';
import { Ring } from './ring.ts';
import { compareTimes } from './time-order.ts';
import { Twins } from './twins.ts';

const LOG_CAPACITY = 200_000;
/** Lines can have 16 KiB each: so many characters of all of them are kept at most. */
const MOST_CHARACTERS = 48 * 1024 * 1024;
/** A late line finds its place among this many newest ones at once; older ones are merged in together. */
export const LATE_WINDOW = 2_000;

/** Told what happens to the list that is shown, one entry at a time, so that what is read can stay where it is. */
export interface ShownWatcher {
  /** The oldest entry has left. */
  evicted(): void;
  inserted(index: number, entry: LogEntry): void;
  /** Many at once, anywhere. */
  merged(many: Merged): void;
}

/** The log area's lines in time order, as many as there is room for: those that pass the filter, and those searched for. */
export class LogStore {
  readonly #ring: Ring<LogEntry>;
  readonly #mostCharacters: number;
  readonly #marks: MarkEntry[] = [];
  #sources: LogSourceModel[] = [];
  readonly #twins = new Twins((index) => this.#sources[index]);
  #filter: LogFilter = NO_FILTER;
  #pattern = plainPattern('');
  #shown: FilteredView;
  /** A filter just chosen, while it is still being worked out; the one before stays in view until then. */
  #coming: FilteredView | undefined;
  #searched: Pattern | undefined;
  #found: FilteredView | undefined;
  #errors = 0;
  #warnings = 0;
  #lines = 0;
  #gone = 0;
  #characters = 0;
  #longest = 0;
  #watcher: ShownWatcher | undefined;

  constructor(capacity = LOG_CAPACITY, mostCharacters = MOST_CHARACTERS) {
    this.#ring = new Ring(capacity);
    this.#mostCharacters = mostCharacters;
    this.#shown = new FilteredView(this.#ring, () => true);
  }

  /** All that is held, marks too. */
  get all(): Ring<LogEntry> {
    return this.#ring;
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
  /** Lines that had to leave to make room for newer ones. */
  get gone(): number {
    return this.#gone;
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
  /** What the filter marks in the lines that it lets through. */
  get pattern(): Pattern {
    return this.#pattern;
  }
  /** What is searched for; undefined while nothing is. */
  get searched(): Pattern | undefined {
    return this.#searched;
  }
  /** Those of the lines shown that the search has found so far. */
  get found(): Ring<LogEntry> | undefined {
    return this.#found?.matches;
  }

  source(index: number): LogSourceModel | undefined {
    return this.#sources[index];
  }

  watchShown(watcher: ShownWatcher): void {
    this.#watcher = watcher;
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
    this.#twins.forget();
    this.#ring.clear();
    this.#errors = this.#warnings = this.#lines = this.#gone = this.#characters = this.#longest = 0;
    this.#coming = undefined;
    this.#shown = new FilteredView(this.#ring, this.#test());
    this.#searchAnew();
    for (const mark of this.#marks) this.#addOne(mark);
  }

  nameSources(from: number, sources: readonly LogSourceModel[]): void {
    sources.forEach((source, index) => (this.#sources[from + index] = source));
    this.#twins.name(sources);
  }

  /**
   * Takes entries in, each at its place in time, but for those that are here as captured lines or live ones already; gives how
   * many of those shown are new ones of what is going on.
   */
  add(entries: readonly LogEntry[]): number {
    let shown = 0;
    const late: LogEntry[] = [];
    for (const entry of entries) {
      if (this.#twins.has(entry, this.#ring) || this.#twins.has(entry, late)) continue;
      if (this.#isLate(entry)) late.push(entry);
      else if (this.#addOne(entry) && !this.#twins.isCaptured(entry)) shown++;
    }
    if (late.length > 0) this.#merge(late.sort((a, b) => compareTimes(a.at, b.at)));
    return shown;
  }

  /** Puts the ruled line in its place in time; the same one twice counts once. */
  mark(mark: MarkEntry): void {
    if (this.#marks.some((other) => other.at === mark.at && other.text === mark.text)) return;
    this.#marks.push(mark);
    this.add([mark]);
  }

  /** Begins to work out another filter; `scan` carries it on. `pattern` is what the filter looks for, compiled. */
  setFilter(filter: LogFilter, pattern: Pattern = plainPattern(filter.text)): void {
    this.#filter = filter;
    this.#pattern = pattern;
    this.#coming = new FilteredView(this.#ring, this.#test());
  }

  /** Begins to search the lines shown; `scan` carries it on. Undefined ends the search. */
  setSearch(pattern: Pattern | undefined): void {
    this.#searched = pattern;
    this.#searchAnew();
  }

  /**
   * Works on a newly chosen filter, then on the search, until `deadline` (milliseconds of `performance.now`).
   * @returns `idle` when there is nothing to do, `more` when it is not through, `swapped` when the new list is now shown,
   *   `found` when the search has seen all that is shown.
   */
  scan(deadline: number): 'idle' | 'more' | 'swapped' | 'found' {
    const now = (): number => performance.now();
    if (this.#coming !== undefined) {
      if (!this.#coming.scan(deadline, now)) return 'more';
      this.#shown = this.#coming;
      this.#coming = undefined;
      this.#searchAnew();
      return 'swapped';
    }
    if (this.#found === undefined || this.#found.complete) return 'idle';
    return this.#found.scan(deadline, now) ? 'found' : 'more';
  }

  /** True while a filter or a search is not through. */
  get isScanning(): boolean {
    return this.#coming !== undefined || this.#found?.complete === false;
  }

  #searchAnew(): void {
    const pattern = this.#searched;
    this.#found = pattern === undefined ? undefined : new FilteredView(this.shown, searchTest(pattern));
  }

  #test(): (entry: LogEntry) => boolean {
    return filterTest(this.#filter, (index) => this.#sources[index]?.label ?? '', this.#pattern);
  }

  /** True when the entry is shown. */
  #addOne(entry: LogEntry): boolean {
    const fromEnd = this.#placeFromEnd(entry.at);
    const gone = this.#ring.insert(entry, fromEnd);
    if (gone !== undefined) this.#left(gone);
    this.#count(entry, 1);
    if (entry.text.length > this.#longest) this.#longest = entry.text.length;
    this.#coming?.inserted(entry, fromEnd);
    const index = this.#shown.inserted(entry, fromEnd);
    if (index !== undefined) {
      this.#found?.inserted(entry, this.shown.length - 1 - index);
      this.#watcher?.inserted(index, entry);
    }
    while (this.#characters > this.#mostCharacters && this.#ring.length > 1) {
      const oldest = this.#ring.shift();
      if (oldest !== undefined) this.#left(oldest);
    }
    return index !== undefined;
  }

  /** True for an entry that stands before the newest ones among which a place is found at once. */
  #isLate(entry: LogEntry): boolean {
    const first = this.#ring.at(this.#ring.length - 1 - LATE_WINDOW);
    return first !== undefined && isAfter(first, entry);
  }

  /** Puts many in, in their order; where there is no room for all, the oldest of these and of the others leave. */
  #merge(late: readonly LogEntry[]): void {
    const merged = late.slice(this.#makeRoom(late));
    this.#ring.merge(merged, isAfter);
    for (const entry of merged) {
      this.#count(entry, 1);
      if (entry.text.length > this.#longest) this.#longest = entry.text.length;
    }
    const shown = this.#shown.merged(merged);
    if (shown !== undefined) this.#watcher?.merged(shown);
    if (shown === undefined || this.#coming !== undefined)
      this.#coming = new FilteredView(this.#ring, this.#test());
    if (shown === undefined || this.#found?.merged(shown.entries) === undefined) this.#searchAnew();
  }

  /** Gives how many of `late` have no room at all. */
  #makeRoom(late: readonly LogEntry[]): number {
    let characters = late.reduce((sum, { text }) => sum + text.length, this.#characters);
    let without = 0;
    for (;;) {
      const many = this.#ring.length + late.length - without > this.#ring.capacity;
      const [first, next] = [this.#ring.at(0), late[without]];
      if (next === undefined || (!many && characters <= this.#mostCharacters)) return without;
      if (first === undefined || isAfter(first, next)) {
        without++;
        this.#gone++;
        characters -= next.text.length;
      } else {
        this.#ring.shift();
        characters -= first.text.length;
        this.#left(first);
      }
    }
  }

  #left(entry: LogEntry): void {
    this.#count(entry, -1);
    if (entry.kind === 'line') this.#gone++;
    this.#coming?.evicted(entry);
    if (!this.#shown.evicted(entry)) return;
    this.#found?.evicted(entry);
    this.#watcher?.evicted();
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
    this.#characters += by * entry.text.length;
    if (entry.kind === 'line') this.#lines += by;
    const level = severity(entry);
    if (level === 'error') this.#errors += by;
    if (level === 'warning') this.#warnings += by;
  }
}
