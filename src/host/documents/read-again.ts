import type { Clock } from '../../ports/clock.ts';

/**
 * Reads now and after each change, at most once in `everyMs`, until `signal` aborts. `subscribe` is given the function to
 * call when something has changed. Rejects with what a reading threw.
 */
export async function readAgain(
  clock: Clock,
  everyMs: number,
  read: () => Promise<void>,
  subscribe: (changed: () => void) => void,
  signal: AbortSignal,
): Promise<void> {
  let change = Promise.withResolvers<void>();
  // Waiting for a change ends with the signal too.
  signal.addEventListener('abort', () => change.resolve(), { once: true });
  subscribe(() => change.resolve());
  while (!signal.aborted) {
    change = Promise.withResolvers<void>();
    await read();
    await clock.sleep(everyMs, signal);
    await change.promise;
  }
}
