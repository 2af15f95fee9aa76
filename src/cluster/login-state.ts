import type { Ending } from '../ports/clock.ts';
import type { Credentials } from './kubeconfig.ts';
import { isLoginTimeout } from './login-timeout.ts';

/** A login that takes less is not worth a word. */
const tellAfterMs = 300;
const shortestPauseMs = 15_000;
const longestPauseMs = 300_000;

/** Whether a login goes on, such as a command that waits for a person. */
export class LoginWait {
  readonly #listeners = new Set<() => void>();
  #waiting = false;

  get isWaiting(): boolean {
    return this.#waiting;
  }

  onDidChange(listener: () => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Waits with a login to its end, however it ends. */
  while(login: Promise<unknown>): void {
    const timer = setTimeout(() => this.#set(true), tellAfterMs);
    const ended = (): void => {
      clearTimeout(timer);
      this.#set(false);
    };
    login.then(ended, ended);
  }

  dispose(): void {
    this.#listeners.clear();
  }

  #set(waiting: boolean): void {
    if (this.#waiting === waiting) return;
    this.#waiting = waiting;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Keeps watches, which try for ever, from asking for a login that has just failed: a command may open a browser each time.
 * What a person asks for is not held up.
 */
export class LoginPause {
  #until = -Infinity;
  #failures = 0;
  #error: Error | undefined;

  get goesOn(): boolean {
    return performance.now() < this.#until;
  }

  /** After a failure; `error` is what a watch is told meanwhile. A login that nobody ended is not begun again by itself. */
  begin(error?: unknown): void {
    this.#failures += 1;
    this.#error = error instanceof Error ? error : undefined;
    const ms = Math.min(shortestPauseMs * 2 ** (this.#failures - 1), longestPauseMs);
    this.#until = isLoginTimeout(error) ? Infinity : performance.now() + ms;
  }

  over(): void {
    this.#until = -Infinity;
    this.#failures = 0;
    this.#error = undefined;
  }

  /** Throws the failed login's error while the pause goes on. */
  refuse(): void {
    if (this.goesOn && this.#error !== undefined) throw this.#error;
  }
}

/** Whether two logins are the same, so that asking with the second is no use after the first was refused. */
export function isSameLogin(one: Credentials, other: Credentials): boolean {
  return one.cert === other.cert && JSON.stringify(one.headers) === JSON.stringify(other.headers);
}
