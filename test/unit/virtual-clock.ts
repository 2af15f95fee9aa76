import { setImmediate as turn } from 'node:timers/promises';

import type { Clock, Ending } from '../../src/ports/clock.ts';

interface Timer {
  at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that only moves when a test says so. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = '2026-01-01T00:00:00Z') {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  /** How many timers wait: nothing that was disposed of may leave one behind. */
  get waiting(): number {
    return this.#timers.size;
  }

  after(ms: number, run: () => void): Ending {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      const abort = (): void => {
        timer.dispose();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Moves time on by `ms`, running every timer due on the way in order, each followed by what it set going. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.settle();
    }
    this.#now = end;
  }

  /** The machine sleeps: time passes and no timer runs, until the machine is awake again. */
  sleepMachine(ms: number): void {
    this.#now += ms;
  }

  /** The computer sleeps: the time of day moves on, and no timer counts meanwhile. */
  sleepThrough(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.at += ms;
  }

  /** Lets promises that are already resolved run on, without moving time. */
  async settle(): Promise<void> {
    for (let i = 0; i < 4; i++) await turn();
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }
}
