import type { LogEntry } from './entry.ts';

/**
 * The elements of the rows in view: each stays with its entry as long as that is in view, and is used again afterwards. The
 * two rows in which a selection begins and ends stay in the document out of sight, so that it can reach over more than what
 * is drawn.
 */
export class RowPool {
  readonly #rows = new Map<LogEntry, HTMLElement>();
  readonly #entries = new WeakMap<Node, LogEntry>();
  readonly #draw: (row: HTMLElement, entry: LogEntry) => void;

  constructor(draw: (row: HTMLElement, entry: LogEntry) => void) {
    this.#draw = draw;
  }

  /** The entry whose row this is. */
  entryOf(row: Node): LogEntry | undefined {
    return this.#entries.get(row);
  }

  rowOf(entry: LogEntry): HTMLElement | undefined {
    return this.#rows.get(entry);
  }

  /**
   * Makes `list` show the entries wanted. The entries `kept` keep their rows also where they are not wanted, before or after
   * those; their rows are never moved, since a selection that begins in a row ends when that is moved.
   */
  fill(list: HTMLElement, wanted: readonly LogEntry[], kept: ReadonlyMap<LogEntry, 'above' | 'below'>): void {
    const inView = new Set(wanted);
    const free: HTMLElement[] = [];
    const above: HTMLElement[] = [];
    const below: HTMLElement[] = [];
    const fixed = new Set<HTMLElement>();
    for (const [entry, row] of this.#rows) {
      const keeps = kept.get(entry);
      if (keeps !== undefined) fixed.add(row);
      row.classList.toggle('log-pinned', keeps !== undefined && !inView.has(entry));
      if (inView.has(entry)) continue;
      if (keeps !== undefined) (keeps === 'above' ? above : below).push(row);
      else {
        free.push(row);
        this.#rows.delete(entry);
      }
    }
    const drawn = wanted.map((entry) => this.#rows.get(entry) ?? this.#make(entry, free));
    for (const row of free) row.remove();
    let there = list.firstChild;
    for (const row of [...above, ...drawn, ...below]) {
      if (row === there || fixed.has(row)) there = row.nextSibling;
      else list.insertBefore(row, there);
    }
  }

  #make(entry: LogEntry, free: HTMLElement[]): HTMLElement {
    const row = free.pop() ?? document.createElement('div');
    this.#draw(row, entry);
    this.#rows.set(entry, row);
    this.#entries.set(row, entry);
    return row;
  }
}
