/** What has been started and must be ended, last first: at Ctrl-C, at SIGTERM, or when something fails. */
export class Endings {
  readonly #ends: (() => Promise<void>)[] = [];
  #ending: Promise<void> | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (this.begun) return;
        console.log('\n· Ending everything');
        void this.end().then(() => process.exit(0));
      });
    }
  }

  /** Whether ending has begun. */
  get begun(): boolean {
    return this.#ending !== undefined;
  }

  /** Takes what ends something that was started; ends it at once when ending has begun meanwhile. */
  add(end: () => Promise<void>): void {
    if (this.begun) void end();
    else this.#ends.push(end);
  }

  /** Ends everything, once however often it is asked; resolves when all is gone. */
  end(): Promise<void> {
    this.#ending ??= this.#endAll();
    return this.#ending;
  }

  async #endAll(): Promise<void> {
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) await end();
  }
}
