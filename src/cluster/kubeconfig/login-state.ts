import type { Ending } from '../../ports/clock.ts';
import type { Credentials } from './kubeconfig.ts';
import { loginCommandError } from './login-command-error.ts';

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
 * Other requests are not held up, unless nobody ended the last login in time: then a person says when to try again, by a
 * refresh, which makes a new connection.
 */
export class LoginPause {
  #until = -Infinity;
  #failures = 0;
  #error: Error | undefined;

  get goesOn(): boolean {
    return performance.now() < this.#until;
  }

  /** After a login failed; only one of a command begins a pause. */
  afterError(error: unknown): void {
    const failed = loginCommandError(error);
    if (failed === undefined || !(error instanceof Error)) return;
    this.#begin(failed.timedOut);
    this.#error = error;
  }

  /** After credentials were refused although they were new. */
  afterRefusal(): void {
    this.#begin(false);
  }

  over(): void {
    this.#until = -Infinity;
    this.#failures = 0;
    this.#error = undefined;
  }

  /** Throws the failed login's error while the pause goes on. */
  refuse(streaming: boolean): void {
    const holds = this.#until === Infinity || (streaming && this.goesOn);
    if (holds && this.#error !== undefined) throw this.#error;
  }

  #begin(forEver: boolean): void {
    this.#failures += 1;
    this.#error = undefined;
    const ms = Math.min(shortestPauseMs * 2 ** (this.#failures - 1), longestPauseMs);
    this.#until = forEver ? Infinity : performance.now() + ms;
  }
}

/** Whether two logins are the same, so that asking with the second is no use after the first was refused. */
export function isSameLogin(one: Credentials, other: Credentials): boolean {
  return one.cert === other.cert && JSON.stringify(one.headers) === JSON.stringify(other.headers);
}
