import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  /** Milliseconds after which it gives up; a minute by default. */
  readonly limit?: number;
  /** Milliseconds between looks. */
  readonly every?: number;
}

/**
 * Looks again and again until `look` gives something other than undefined or false, and gives that. Rejects with
 * what was waited for when the time is over, and at once when `look` rejects.
 */
export async function eventually<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined | false>,
  patience: Patience = {},
): Promise<T> {
  const limit = patience.limit ?? 60_000;
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end)
      throw new Error(`waited ${Math.round(limit / 1000)} s for ${typeof what === 'string' ? what : what()}`);
    await delay(patience.every ?? 50);
  }
}

/** Whether what is waited for comes: false where the wait is over without it. */
export function comes(waiting: Promise<unknown>): Promise<boolean> {
  return waiting.then(
    () => true,
    () => false,
  );
}
