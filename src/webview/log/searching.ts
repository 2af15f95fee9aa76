import { compilePattern } from './compile-pattern.ts';
import type { LogEntry } from './entry.ts';
import { indexOf } from './list-index.ts';
import type { SearchModel } from './log-search.ts';
import type { LogStore } from './log-store.ts';
import type { PatternWish } from './pattern.ts';
import { NO_WISH } from './pattern.ts';
import { firstNotBefore } from './time-order.ts';

/** A search over the lines shown, from its opening to its end. */
export class Searching {
  wish: PatternWish = NO_WISH;
  invalid: string | undefined;
  #open = false;
  #current: LogEntry | undefined;
  /** A step that was asked for before anything was found. */
  #pending: 1 | -1 | undefined;
  readonly #store: LogStore;
  readonly #changed: () => void;

  /** @param changed called when the search has begun anew, perhaps later than it was asked for. */
  constructor(store: LogStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
  }

  get isOpen(): boolean {
    return this.#open;
  }
  /** How many lines are found so far. */
  get found(): number {
    return this.#store.found?.length ?? 0;
  }
  get current(): LogEntry | undefined {
    return this.#current;
  }
  /** Which of those found is the current one, from 1; 0 where none is. */
  get at(): number {
    const { found } = this.#store;
    return found === undefined || this.#current === undefined ? 0 : indexOf(found, this.#current) + 1;
  }

  /** As the search bar shows it. */
  model(id: string): SearchModel {
    const { wish, invalid, found, at } = this;
    return { id, wish, invalid, found, at, complete: !this.#store.isScanning };
  }

  open(): void {
    this.#open = true;
    this.search(this.wish);
  }

  close(): void {
    this.#open = false;
    this.#current = this.#pending = undefined;
    this.#store.setSearch(undefined);
    this.#changed();
  }

  /** Searches for something else; what is no regular expression leaves the search before as it was. */
  search(wish: PatternWish): void {
    if (wish !== this.wish) this.#pending = undefined;
    this.wish = wish;
    const compiled = compilePattern(wish);
    if (compiled.kind === 'loading') {
      void compiled.ready.then(() => {
        if (this.#open && this.wish === wish) this.search(wish);
      });
      return;
    }
    this.invalid = compiled.kind === 'invalid' ? compiled.reason : undefined;
    if (compiled.kind === 'pattern') {
      this.#current = undefined;
      this.#store.setSearch(compiled.pattern.empty ? undefined : compiled.pattern);
    }
    this.#changed();
  }

  /** The match after the current one or before it, around the ends; at first the one from `top` on. */
  step(direction: 1 | -1, top: LogEntry | undefined): LogEntry | undefined {
    const { found } = this.#store;
    this.#pending = undefined;
    if (found === undefined || found.length === 0) {
      this.#pending = direction;
      return undefined;
    }
    const at = this.#current === undefined ? -1 : indexOf(found, this.#current);
    const from = at >= 0 ? at + direction : this.#first(top, direction);
    this.#current = found.at((from + found.length) % found.length);
    return this.#current;
  }

  /** Takes the step that was asked for too early, now that the lines have been searched. */
  stepIfPending(top: LogEntry | undefined): LogEntry | undefined {
    return this.#pending === undefined ? undefined : this.step(this.#pending, top);
  }

  #first(top: LogEntry | undefined, direction: 1 | -1): number {
    const { found } = this.#store;
    if (found === undefined || top === undefined) return 0;
    const after = firstNotBefore(found, top.at);
    return direction === 1 ? after : after - 1;
  }
}
