import type { Clock } from '../../ports/clock.ts';
import { Paced } from '../paced.ts';

/** Some redraws a second: more cannot be read, and each makes VS Code ask for its rows again. */
const redrawEveryMs = 300;
/** Rows drawn anew at once, and time spent looking for them; the others wait for the next time. */
const rowsAtOnce = 60;
const lookForMs = 10;

/** Gathers the rows that may say something else now, and draws those that do anew, some times a second. */
export class RedrawQueue {
  readonly #clock: Clock;
  readonly #isOutdated: (id: string) => boolean;
  readonly #redraw: (ids: readonly string[]) => void;
  readonly #waiting = new Set<string>();
  readonly #paced: Paced;
  #paused = false;

  constructor(clock: Clock, isOutdated: (id: string) => boolean, redraw: (ids: readonly string[]) => void) {
    this.#clock = clock;
    this.#isOutdated = isOutdated;
    this.#redraw = redraw;
    this.#paced = new Paced(clock, redrawEveryMs, () => this.#draw());
  }

  add(ids: Iterable<string>): void {
    for (const id of ids) this.#waiting.add(id);
    this.#schedule();
  }

  /** While nobody sees the tree nothing is drawn, and nothing is lost. */
  pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#paced.forget();
    else this.#draw();
  }

  clear(): void {
    this.#waiting.clear();
    this.#paced.forget();
  }

  #schedule(): void {
    if (!this.#paused && this.#waiting.size > 0) this.#paced.soon();
  }

  #draw(): void {
    const outdated: string[] = [];
    const until = this.#clock.now() + lookForMs;
    for (const id of this.#waiting) {
      this.#waiting.delete(id);
      if (this.#isOutdated(id)) outdated.push(id);
      if (outdated.length >= rowsAtOnce || this.#clock.now() > until) break;
    }
    if (outdated.length > 0) this.#redraw(outdated);
    this.#schedule();
  }
}
