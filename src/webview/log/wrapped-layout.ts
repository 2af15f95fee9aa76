import type { RowLayout } from './row-layout.ts';

/** How many heights are summed up together. */
const BLOCK = 256;
const HIGHEST = 65_535;

/**
 * Heights of a list that grows at its end, or near it, and loses its oldest entries: each of these costs the same at any
 * length. Sums of blocks tell where an entry stands without adding up all before it.
 */
export class WrappedLayout implements RowLayout {
  readonly #heights: Uint16Array;
  readonly #sums: Float64Array;
  /** Where the first entry's height is, counted on without end. */
  #start = 0;
  #length = 0;
  #rows = 0;

  constructor(capacity: number) {
    // One block more than needed, so that the list's two ends never share one.
    const blocks = Math.ceil(capacity / BLOCK) + 1;
    this.#heights = new Uint16Array(blocks * BLOCK);
    this.#sums = new Float64Array(blocks);
  }

  get length(): number {
    return this.#length;
  }
  get rows(): number {
    return this.#rows;
  }

  /** Begins anew with `length` entries. */
  fill(length: number, rowsOf: (index: number) => number): void {
    this.#heights.fill(0);
    this.#sums.fill(0);
    this.#start = this.#rows = 0;
    this.#length = length;
    for (let index = 0; index < length; index++) this.#put(index, rowsOf(index));
  }

  insert(index: number, rows: number): void {
    this.#length++;
    for (let place = this.#length - 1; place > index; place--) this.#put(place, this.#get(place - 1));
    this.#put(index, rows);
  }

  /** Takes the oldest entry out; gives how many rows it had. */
  shift(): number {
    const rows = this.#get(0);
    this.#put(0, 0);
    this.#start++;
    this.#length--;
    return rows;
  }

  set(index: number, rows: number): void {
    this.#put(index, rows);
  }

  rowsOf(index: number): number {
    return this.#get(index);
  }

  rowsBefore(index: number): number {
    let rows = 0;
    let place = 0;
    while (place < index) {
      const left = this.#leftInBlock(place);
      if (place + left <= index && left === BLOCK) {
        rows += this.#sums[this.#block(place)] ?? 0;
        place += BLOCK;
      } else {
        rows += this.#get(place);
        place++;
      }
    }
    return rows;
  }

  indexAt(row: number): number {
    let rows = 0;
    let place = 0;
    while (place < this.#length - 1) {
      const sum = this.#leftInBlock(place) === BLOCK ? (this.#sums[this.#block(place)] ?? 0) : 0;
      const whole = place + BLOCK < this.#length && sum > 0;
      if (whole && rows + sum <= row) {
        rows += sum;
        place += BLOCK;
        continue;
      }
      rows += this.#get(place);
      if (rows > row) return place;
      place++;
    }
    return Math.max(0, place);
  }

  /** Places from here to the end of the block, this one included. */
  #leftInBlock(index: number): number {
    return BLOCK - ((this.#start + index) % BLOCK);
  }

  #block(index: number): number {
    return Math.floor(((this.#start + index) % this.#heights.length) / BLOCK);
  }

  #get(index: number): number {
    return this.#heights[(this.#start + index) % this.#heights.length] ?? 0;
  }

  #put(index: number, rows: number): void {
    const slot = (this.#start + index) % this.#heights.length;
    const height = Math.min(HIGHEST, rows);
    const more = height - (this.#heights[slot] ?? 0);
    this.#heights[slot] = height;
    this.#sums[Math.floor(slot / BLOCK)] = (this.#sums[Math.floor(slot / BLOCK)] ?? 0) + more;
    this.#rows += more;
  }
}
