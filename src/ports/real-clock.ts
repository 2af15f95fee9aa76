import { setTimeout as wait } from 'node:timers/promises';

import type { Clock } from './clock.ts';

/** The machine's clock and timers; those of `after` keep no process alive. */
export const realClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await wait(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node wraps the reason in an AbortError of its own; callers are promised the reason itself.
      signal?.throwIfAborted();
      throw error;
    }
  },
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};
