/** Lets only so many begin at once: a hundred handshakes in one go would hold the extension host up. */
export class StartQueue {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Runs `begin` when its turn comes. It calls `begun`, once or more often, to give its place to the next. */
  add(begin: (begun: () => void) => void): void {
    const run = () => {
      let holds = true;
      begin(() => {
        if (!holds) return;
        holds = false;
        this.#free++;
        this.#next();
      });
    };
    this.#waiting.push(run);
    this.#next();
  }

  #next(): void {
    if (this.#free === 0) return;
    const run = this.#waiting.shift();
    if (run === undefined) return;
    this.#free--;
    run();
  }
}
