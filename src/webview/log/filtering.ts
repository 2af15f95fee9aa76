import { compilePattern } from './compile-pattern.ts';
import type { LogFilter } from './filter.ts';
import { NO_FILTER } from './filter.ts';
import type { LogStore } from './log-store.ts';

/** The filter that a person types: what is no regular expression (yet) leaves the lines that are shown as they are. */
export class Filtering {
  /** What is wrong with the expression; undefined where nothing is. */
  invalid: string | undefined;
  #wanted: LogFilter = NO_FILTER;
  readonly #store: LogStore;
  readonly #changed: () => void;

  /** @param changed called when the store has begun to work out another filter, or it is known to be invalid. */
  constructor(store: LogStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
  }

  choose(filter: LogFilter): void {
    this.#wanted = filter;
    const compiled = compilePattern(filter);
    if (compiled.kind === 'loading') {
      void compiled.ready.then(() => {
        if (this.#wanted === filter) this.choose(filter);
      });
      return;
    }
    this.invalid = compiled.kind === 'invalid' ? compiled.reason : undefined;
    if (compiled.kind === 'pattern') this.#store.setFilter(filter, compiled.pattern);
    this.#changed();
  }
}
