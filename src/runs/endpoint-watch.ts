import type { CheckResult } from '../domain/runbook/checks.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { askAll, endpointCheck, type EndpointSeen, type Endpoints } from './endpoints.ts';

/** Time from one look to the next, in ms: while somebody looks at the answers, and while only the run's checklist does. */
const everyMs = { visible: 5_000, watched: 30_000 } as const;

/** Asks a deployment's public addresses again and again while that is wanted, so that the checklist tells the present. */
export class EndpointWatch {
  readonly #clock: Clock;
  readonly #endpoints: () => Endpoints;
  readonly #listeners = new Set<() => void>();
  #visible = false;
  #watched = false;
  #ended = false;
  #pace: keyof typeof everyMs | undefined;
  #looking: AbortController | undefined;
  #health: readonly EndpointSeen[] = [];
  #critical: readonly EndpointSeen[] = [];

  constructor(clock: Clock, endpoints: () => Endpoints) {
    this.#clock = clock;
    this.#endpoints = endpoints;
  }

  /** What was answered last; undefined until an address was asked that is set. */
  get health(): CheckResult | undefined {
    const isSet = this.#endpoints().health !== undefined;
    return isSet && this.#health.length === 0 ? undefined : endpointCheck(isSet ? this.#health : []);
  }

  get critical(): CheckResult | undefined {
    const isSet = this.#endpoints().critical.length > 0;
    return isSet && this.#critical.length === 0 ? undefined : endpointCheck(isSet ? this.#critical : []);
  }

  /** Told after each look. */
  onDidSee(listener: () => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Whether somebody looks at the answers, which is a visible panel. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#goOn();
  }

  /** Whether a run needs the answers, also while nobody looks. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.#goOn();
  }

  /** Ends it for good, whoever looks later: what was answered last is still told. */
  dispose(): void {
    this.#listeners.clear();
    this.#ended = true;
    this.#goOn();
  }

  #goOn(): void {
    const pace = this.#ended ? undefined : this.#visible ? 'visible' : this.#watched ? 'watched' : undefined;
    if (pace === this.#pace) return;
    this.#pace = pace;
    this.#looking?.abort();
    this.#looking = undefined;
    if (pace === undefined) return;
    this.#looking = new AbortController();
    void this.#look(everyMs[pace], this.#looking.signal);
  }

  async #look(pauseMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { health, critical } = this.#endpoints();
      const now = () => this.#clock.now();
      const seen = await Promise.all([
        askAll(health === undefined ? [] : [health], now, signal),
        askAll(critical, now, signal),
      ]);
      if (signal.aborted) return;
      [this.#health, this.#critical] = seen;
      for (const listener of this.#listeners) listener();
      // Only the end of looking interrupts this sleep.
      await this.#clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }
}
