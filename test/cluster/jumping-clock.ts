import { setImmediate as turn } from 'node:timers/promises';

import type { Clock, Ending } from '../../src/ports/clock.ts';
import { realClock } from '../../src/ports/real-clock.ts';

interface Timer {
  due: number;
  readonly run: () => void;
  ending: Ending;
}

/** The machine's clock, which a test can move on: awake, with its timers, or asleep, without them. */
export class JumpingClock implements Clock {
  #ahead = 0;
  /** How far timers are ahead: less than the time of day after a sleep. */
  #timersAhead = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return Date.now() + this.#ahead;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = this.after(ms, resolve);
      signal?.addEventListener('abort', () => {
        timer.dispose();
        reject(signal.reason);
      });
    });
  }

  after(ms: number, run: () => void): Ending {
    const timer: Timer = { due: Date.now() + this.#timersAhead + ms, run, ending: { dispose() {} } };
    this.#timers.add(timer);
    this.#start(timer);
    return {
      dispose: () => {
        timer.ending.dispose();
        this.#timers.delete(timer);
      },
    };
  }

  /** So many ms pass, awake: second by second, each with the timers that are due in it. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      this.#ahead += 1_000;
      this.#timersAhead += 1_000;
      for (const timer of this.#timers) {
        timer.ending.dispose();
        this.#start(timer);
      }
      while ([...this.#timers].some(({ due }) => due <= Date.now() + this.#timersAhead)) await turn();
    }
  }

  /** The machine sleeps for so long: the time of day moves on, and no timer. */
  sleepThrough(ms: number): void {
    this.#ahead += ms;
  }

  #start(timer: Timer): void {
    const ms = Math.max(0, timer.due - Date.now() - this.#timersAhead);
    timer.ending = realClock.after(ms, () => {
      this.#timers.delete(timer);
      timer.run();
    });
  }
}
