import type { Clock, Ending } from '../ports/clock.ts';

/**
 * Does something soon after it was asked for, at most once in `everyMs`; after a quiet time in the next turn, since somebody
 * may wait for it.
 */
export class Paced {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #act: () => void;
  #next: Ending | undefined;
  #lastAt = -Infinity;

  constructor(clock: Clock, everyMs: number, act: () => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#act = act;
  }

  soon(): void {
    if (this.#next !== undefined) return;
    const since = this.#clock.now() - this.#lastAt;
    // A clock that was put back makes it no longer.
    const waitMs = since < 0 ? this.#everyMs : Math.max(0, this.#everyMs - since);
    this.#next = this.#clock.after(waitMs, () => {
      this.#next = undefined;
      this.#lastAt = this.#clock.now();
      this.#act();
    });
  }

  /** Does not do what was asked for, until it is asked for again. */
  forget(): void {
    this.#next?.dispose();
    this.#next = undefined;
  }
}
