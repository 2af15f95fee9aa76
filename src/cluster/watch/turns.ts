/** So much is done without looking at the clock. */
const freeBytes = 64 * 1024;
/** The longest that work goes on in one turn of the event loop. */
const sliceMs = 10;

/**
 * Shares the one thread: reading a large list lets everything else have its turn every few milliseconds. All work that
 * asks the same object counts as one.
 */
export class Turns {
  #bytes = 0;
  #began = 0;
  #next: Promise<void> | undefined;

  /** Tells of work done; undefined where it may go on at once, else what to wait for. */
  worked(bytes: number): Promise<void> | undefined {
    if (this.#bytes === 0) this.#begin();
    this.#bytes += bytes;
    return this.#bytes > freeBytes && performance.now() - this.#began > sliceMs ? this.#next : undefined;
  }

  #begin(): void {
    this.#began = performance.now();
    this.#next = new Promise((resolve) =>
      setImmediate(() => {
        this.#bytes = 0;
        resolve();
      }),
    );
  }
}
