import type { Clock } from '../ports/clock.ts';
import { askAll, type EndpointSeen, type Endpoints } from './endpoints.ts';

/** Time from one look to the next, in ms: as long as somebody looks at the answers, which is a visible panel. */
const everyMs = 5_000;

/** Asks a deployment's public addresses again and again while it is visible, so that the checklist tells the present. */
export class EndpointWatch {
  readonly #clock: Clock;
  readonly #endpoints: () => Endpoints;
  readonly #onSeen: () => void;
  #looking: AbortController | undefined;
  #health: readonly EndpointSeen[] = [];
  #critical: readonly EndpointSeen[] = [];

  constructor(clock: Clock, endpoints: () => Endpoints, onSeen: () => void) {
    this.#clock = clock;
    this.#endpoints = endpoints;
    this.#onSeen = onSeen;
  }

  get health(): readonly EndpointSeen[] {
    return this.#health;
  }

  get critical(): readonly EndpointSeen[] {
    return this.#critical;
  }

  setVisible(visible: boolean): void {
    if (visible && this.#looking === undefined) {
      this.#looking = new AbortController();
      void this.#look(this.#looking.signal);
    } else if (!visible) {
      this.#looking?.abort();
      this.#looking = undefined;
    }
  }

  dispose(): void {
    this.#looking?.abort();
    this.#looking = undefined;
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { health, critical } = this.#endpoints();
      const now = () => this.#clock.now();
      const seen = await Promise.all([
        askAll(health === undefined ? [] : [health], now, signal),
        askAll(critical, now, signal),
      ]);
      if (signal.aborted) return;
      [this.#health, this.#critical] = seen;
      this.#onSeen();
      // Only the end of looking interrupts this sleep.
      await this.#clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }
}
