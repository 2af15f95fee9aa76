/** How much text may wait besides the number of lines: 32 Mi characters, since lines can be long. */
const waitingCharacters = 32 * 1024 * 1024;

/** Lines that wait to be asked for. The oldest go when there are too many, and are counted. */
export class LogRing<T extends { readonly text: string }> {
  readonly #capacity: number;
  #lines: T[] = [];
  /** Index of the oldest line: taking from the front costs nothing. */
  #first = 0;
  #characters = 0;
  #dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#lines.length - this.#first;
  }

  /** How many lines were given up so far. */
  get dropped(): number {
    return this.#dropped;
  }

  push(lines: readonly T[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.text.length;
      while (this.size > this.#capacity || (this.#characters > waitingCharacters && this.size > 1)) {
        this.#shift();
        this.#dropped++;
      }
    }
    this.#compact();
  }

  get oldest(): T | undefined {
    return this.#lines[this.#first];
  }

  /** The oldest lines, at most `count`. */
  take(count: number): T[] {
    const taken = this.#lines.slice(this.#first, this.#first + count);
    for (const line of taken) this.#characters -= line.text.length;
    this.#first += taken.length;
    this.#compact();
    return taken;
  }

  #shift(): void {
    this.#characters -= this.#lines[this.#first]?.text.length ?? 0;
    this.#first++;
    this.#compact();
  }

  #compact(): void {
    if (this.#first < 1024 || this.#first * 2 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#first);
    this.#first = 0;
  }
}
