/** What the merge needs to know of a line: its stamp, comparable as text, and whose it is. */
export interface Mergeable {
  readonly at: string;
  /** Compared by identity. */
  readonly source: object;
}

interface Held<T> {
  readonly line: T;
  /** The stamp, or the stamp of an earlier line of the same source where that is later. */
  readonly key: string;
  readonly arrivedMs: number;
  readonly order: number;
}

/**
 * Puts the lines of many streams into time order by holding each back for a short while. Lines of one source keep their order
 * whatever their stamps say; a line that comes later than the window is shown where it comes.
 */
export class LogMerge<T extends Mergeable> {
  readonly #windowMs: number;
  #held: Held<T>[] = [];
  #sorted = true;
  #order = 0;
  /** The key of each source's newest line. */
  readonly #lastKey = new WeakMap<object, string>();

  /** `windowMs` is how long a line waits for earlier ones. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Lines held back. */
  get size(): number {
    return this.#held.length;
  }

  push(line: T, nowMs: number): void {
    const before = this.#lastKey.get(line.source) ?? '';
    const key = line.at > before ? line.at : before;
    this.#lastKey.set(line.source, key);
    const last = this.#held.at(-1);
    if (last && last.key > key) this.#sorted = false;
    this.#held.push({ line, key, arrivedMs: nowMs, order: this.#order++ });
  }

  /** Lines that have waited long enough, with those that belong before them. */
  due(nowMs: number): T[] {
    let latest: Held<T> | undefined;
    for (const held of this.#held)
      if (held.arrivedMs + this.#windowMs <= nowMs && (!latest || compare(held, latest) > 0)) latest = held;
    if (!latest) return [];
    this.#sort();
    return this.#take(this.#held.indexOf(latest) + 1);
  }

  /** So many of the oldest, without waiting. */
  oldest(count: number): T[] {
    this.#sort();
    return this.#take(Math.min(count, this.#held.length));
  }

  #sort(): void {
    if (!this.#sorted) this.#held.sort(compare);
    this.#sorted = true;
  }

  #take(count: number): T[] {
    return this.#held.splice(0, count).map(({ line }) => line);
  }
}

function compare(a: Held<unknown>, b: Held<unknown>): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.order - b.order;
}
