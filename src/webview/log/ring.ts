/**
 * A list of at most `capacity` entries in a fixed array: appending and dropping the oldest cost the same at any length, and
 * an entry can be put in near the end.
 */
export class Ring<T> {
  readonly capacity: number;
  readonly #slots: (T | undefined)[];
  #start = 0;
  #length = 0;
  #evicted = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#slots = [];
  }

  get length(): number {
    return this.#length;
  }

  /** How many entries have left at the old end since the last `clear`. `evicted + index` names an appended entry for good. */
  get evicted(): number {
    return this.#evicted;
  }

  /** The entry at `index`, 0 being the oldest; undefined outside the list. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    return this.#slots[(this.#start + index) % this.capacity];
  }

  /**
   * Puts `entry` before the last `fromEnd` entries (0 appends). Where the ring is full the oldest entry leaves and is
   * returned. Costs one move per entry after it.
   */
  insert(entry: T, fromEnd = 0): T | undefined {
    const after = Math.min(fromEnd, this.#length);
    const gone = this.#length === this.capacity ? this.shift() : undefined;
    // A full ring whose every entry is newer loses its oldest one: the new one takes that place.
    const moved = Math.min(after, this.#length);
    for (let index = this.#length; index > this.#length - moved; index--) {
      this.#slots[this.#slot(index)] = this.#slots[this.#slot(index - 1)];
    }
    this.#slots[this.#slot(this.#length - moved)] = entry;
    this.#length++;
    return gone;
  }

  /** Takes the oldest entry out; undefined when there is none. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const gone = this.#slots[this.#start];
    this.#slots[this.#start] = undefined;
    this.#start = (this.#start + 1) % this.capacity;
    this.#length--;
    this.#evicted++;
    return gone;
  }

  /**
   * Puts many entries in, each before the first one that comes after it by `isAfter`; they are in that order themselves, as the
   * list is, and there is room for them. Costs a walk over the list, however many they are.
   * @returns where they stand now.
   */
  merge(entries: readonly T[], isAfter: (one: T, other: T) => boolean): readonly number[] {
    const before = this.toArray();
    const places: number[] = [];
    let next = 0;
    let taken = 0;
    this.#slots.length = this.#start = 0;
    this.#length = before.length + entries.length;
    for (let index = 0; index < this.#length; index++) {
      const old = before[taken];
      const entry = entries[next];
      if (entry !== undefined && (old === undefined || isAfter(old, entry))) {
        this.#slots[index] = entry;
        places.push(index);
        next++;
      } else {
        this.#slots[index] = old;
        taken++;
      }
    }
    return places;
  }

  /** All entries as they are now, the oldest first. */
  toArray(): T[] {
    const entries: T[] = [];
    for (let index = 0; index < this.#length; index++) {
      const entry = this.at(index);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  clear(): void {
    this.#slots.length = 0;
    this.#start = 0;
    this.#length = 0;
    this.#evicted = 0;
  }

  #slot(index: number): number {
    return (this.#start + index) % this.capacity;
  }
}
