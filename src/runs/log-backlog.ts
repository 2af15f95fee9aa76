import type { LogLine } from '../domain/logs/line.ts';
import { mergeSorted } from '../domain/logs/merge-sorted.ts';

/** Lines that are there before anything is asked for, in time order, read no further than they are wanted. */
export class LogBacklog {
  #lines: Iterator<LogLine> | undefined;
  #next: LogLine | undefined;

  constructor(lines: Iterable<LogLine>) {
    this.#lines = lines[Symbol.iterator]();
    this.#advance();
  }

  get next(): LogLine | undefined {
    return this.#next;
  }

  /** The next line, if it is not later than `at` (RFC 3339, nanoseconds, UTC); whatever its time where that is undefined. */
  takeUntil(at: string | undefined): LogLine | undefined {
    const line = this.#next;
    if (line === undefined || (at !== undefined && line.at > at)) return undefined;
    this.#advance();
    return line;
  }

  /** More lines in time order, among those that are left. */
  add(lines: Iterable<LogLine>): void {
    const [next, rest] = [this.#next, this.#lines];
    const left: Iterable<LogLine> =
      next === undefined || rest === undefined
        ? []
        : (function* () {
            yield next;
            yield* { [Symbol.iterator]: () => rest };
          })();
    this.#lines = mergeSorted([left, lines], ({ at }) => at);
    this.#advance();
  }

  forget(): void {
    this.#lines = this.#next = undefined;
  }

  #advance(): void {
    const step = this.#lines?.next();
    this.#next = step?.done === false ? step.value : undefined;
  }
}
