import type { LogSourceModel } from '../../shared/messages.ts';
import type { LogEntry } from './entry.ts';
import type { InTimeOrder } from './time-order.ts';
import { firstNotBefore } from './time-order.ts';

/** Knows the lines that come twice: live, and as they were captured before their pod went. */
export class Twins {
  readonly #source: (index: number) => LogSourceModel | undefined;
  readonly #live = new Set<string>();
  readonly #captured = new Set<string>();

  constructor(source: (index: number) => LogSourceModel | undefined) {
    this.#source = source;
  }

  name(sources: readonly LogSourceModel[]): void {
    for (const { log, captured } of sources) (captured === true ? this.#captured : this.#live).add(log);
  }

  forget(): void {
    this.#live.clear();
    this.#captured.clear();
  }

  /** True where the same line of the same log has come the other way. */
  has(entry: LogEntry, entries: InTimeOrder<LogEntry>): boolean {
    if (entry.kind === 'mark' || entry.gap === true) return false;
    const source = this.#source(entry.source);
    if (source === undefined || !this.#live.has(source.log) || !this.#captured.has(source.log)) return false;
    for (let index = firstNotBefore(entries, entry.at); ; index++) {
      const other = entries.at(index);
      if (other?.at !== entry.at) return false;
      if (other.kind === 'mark' || other.text !== entry.text) continue;
      const from = this.#source(other.source);
      if (from?.log === source.log && from.captured !== source.captured) return true;
    }
  }

  isCaptured(entry: LogEntry): boolean {
    return entry.kind === 'line' && this.#source(entry.source)?.captured === true;
  }
}
