import type { LogEntry } from './entry.ts';
import type { Merged } from './filtered-view.ts';
import type { LogStore, ShownWatcher } from './log-store.ts';
import type { RowLayout } from './row-layout.ts';
import { EvenLayout } from './row-layout.ts';
import type { TextColumns } from './text-columns.ts';
import { hangs, textColumns, wrappedRows } from './text-columns.ts';
import { WrappedLayout } from './wrapped-layout.ts';

/** The room for lines that wrap, in characters. */
export interface WrapRoom {
  readonly columns: number;
  /** Of the longest pod label. */
  readonly label: number;
  readonly stamps: boolean;
}

/**
 * Where the entries of a list stand while it changes: it says by how much what is read has to move so that it stays where it
 * is, and learns the true heights of rows that have been drawn.
 */
export class RowPlaces implements ShownWatcher {
  /** The entry at the top of the view, as it was drawn last: what changes before it moves it. */
  top = 0;
  readonly #store: LogStore;
  readonly #even: EvenLayout;
  #wrapped: WrappedLayout | undefined;
  #columns: TextColumns = { before: 0, all: 80 };
  /** True heights, where they differ from what was worked out; for these columns alone. */
  #measured = new WeakMap<LogEntry, number>();
  #shift = 0;
  #corrected = false;

  constructor(store: LogStore) {
    this.#store = store;
    this.#even = new EvenLayout(() => store.shown.length);
  }

  get layout(): RowLayout {
    return this.#wrapped ?? this.#even;
  }
  get hangs(): boolean {
    return hangs(this.#columns);
  }
  /** Columns before the text of a row that hangs. */
  get before(): number {
    return this.#columns.before;
  }
  /** Whether the last `correct` changed anything. */
  get corrected(): boolean {
    return this.#corrected;
  }

  /**
   * Lays the list out for this room; undefined where lines do not wrap. Costs nothing while that stays the same.
   * @returns whether entries may stand elsewhere now.
   */
  lay(room: WrapRoom | undefined): boolean {
    if (room === undefined) {
      const wrapped = this.#wrapped !== undefined;
      this.#wrapped = undefined;
      return wrapped;
    }
    const columns = textColumns(room.columns, room.label, room.stamps);
    const { before, all } = this.#columns;
    const same = before === columns.before && all === columns.all;
    if (this.#wrapped !== undefined && same) return false;
    this.#columns = columns;
    if (!same) this.#measured = new WeakMap();
    const { shown } = this.#store;
    this.#wrapped ??= new WrappedLayout(shown.capacity);
    this.#wrapped.fill(shown.length, (index) => this.#rowsOf(shown.at(index)));
    this.#shift = 0;
    return true;
  }

  /** Another list is shown: the next `lay` begins anew. */
  forget(): void {
    this.#wrapped = undefined;
    this.#shift = 0;
  }

  evicted(): void {
    const rows = this.#wrapped?.shift() ?? 1;
    if (this.top === 0) return;
    this.top--;
    this.#shift -= rows;
  }

  inserted(index: number, entry: LogEntry): void {
    const rows = this.#wrapped === undefined ? 1 : this.#rowsOf(entry);
    this.#wrapped?.insert(index, rows);
    if (index >= this.top) return;
    this.top++;
    this.#shift += rows;
  }

  merged({ entries, places }: Merged): void {
    places.forEach((index, which) => {
      if (index > this.top) return;
      this.top++;
      this.#shift += this.#wrapped === undefined ? 1 : this.#rowsOf(entries[which]);
    });
    const { shown } = this.#store;
    this.#wrapped?.fill(shown.length, (index) => this.#rowsOf(shown.at(index)));
  }

  /** By how many rows what is read has moved since this was last asked. */
  takeShift(): number {
    const shift = this.#shift;
    this.#shift = 0;
    return shift;
  }

  /** Takes the true heights of the entries from `first` on; gives by how many rows those above the top have grown. */
  correct(first: number, heights: readonly number[]): number {
    this.#corrected = false;
    let above = 0;
    heights.forEach((rows, place) => {
      const index = first + place;
      const more = rows - this.layout.rowsOf(index);
      if (more === 0 || rows === 0) return;
      const entry = this.#store.shown.at(index);
      if (entry !== undefined) this.#measured.set(entry, rows);
      this.#wrapped?.set(index, rows);
      this.#corrected = true;
      if (index < this.top) above += more;
    });
    return above;
  }

  #rowsOf(entry: LogEntry | undefined): number {
    if (entry === undefined) return 1;
    return this.#measured.get(entry) ?? wrappedRows(entry, this.#columns);
  }
}
