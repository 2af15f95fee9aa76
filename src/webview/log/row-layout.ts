/** Where entries stand in a list, in rows of text: an entry is one row high, or several where its text wraps. */
export interface RowLayout {
  /** Rows of all entries together. */
  readonly rows: number;
  /** Rows before the entry at `index`. */
  rowsBefore(index: number): number;
  rowsOf(index: number): number;
  /** The entry that has the row `row` (0 being the first); the last one where there are fewer rows. */
  indexAt(row: number): number;
}

/** Every entry is one row high. */
export class EvenLayout implements RowLayout {
  readonly #length: () => number;

  constructor(length: () => number) {
    this.#length = length;
  }

  get rows(): number {
    return this.#length();
  }
  rowsBefore(index: number): number {
    return index;
  }
  rowsOf(): number {
    return 1;
  }
  indexAt(row: number): number {
    return Math.max(0, Math.min(this.#length() - 1, Math.floor(row)));
  }
}
