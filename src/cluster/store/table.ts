import { sameRecord } from './same-record.ts';

interface TableRow {
  readonly uid: string;
  readonly namespace: string;
}

/** Rows by uid, and by the uid of what owns them. */
export class Table<Row extends TableRow> {
  /** uid of what owns the row, undefined where nothing does. */
  readonly ownerOf: (row: Row) => string | undefined;
  readonly #rows = new Map<string, Row>();
  readonly #owned = new Map<string, Set<string>>();

  constructor(ownerOf: (row: Row) => string | undefined = () => undefined) {
    this.ownerOf = ownerOf;
  }

  all(): IterableIterator<Row> {
    return this.#rows.values();
  }

  get(uid: string): Row | undefined {
    return this.#rows.get(uid);
  }

  /** uids of the rows of one namespace, or of all. */
  uidsIn(namespace: string | undefined): Set<string> {
    if (namespace === undefined) return new Set(this.#rows.keys());
    const uids = new Set<string>();
    for (const row of this.#rows.values()) if (row.namespace === namespace) uids.add(row.uid);
    return uids;
  }

  ownedBy(owner: string): readonly Row[] {
    const rows: Row[] = [];
    for (const uid of this.#owned.get(owner) ?? []) {
      const row = this.#rows.get(uid);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** The row that it takes the place of; `row` itself where one that says the same is there, which stays. */
  set(row: Row): Row | undefined {
    const before = this.#rows.get(row.uid);
    if (before !== undefined && sameRecord(before, row)) return row;
    const owner = this.ownerOf(row);
    if (before !== undefined && this.ownerOf(before) !== owner) this.#disown(before);
    this.#rows.set(row.uid, row);
    if (owner === undefined) return before;
    const siblings = this.#owned.get(owner);
    if (siblings === undefined) this.#owned.set(owner, new Set([row.uid]));
    else siblings.add(row.uid);
    return before;
  }

  /** The row that was there, if any. */
  delete(uid: string): Row | undefined {
    const row = this.#rows.get(uid);
    if (row === undefined) return undefined;
    this.#rows.delete(uid);
    this.#disown(row);
    return row;
  }

  #disown(row: Row): void {
    const owner = this.ownerOf(row);
    const siblings = owner === undefined ? undefined : this.#owned.get(owner);
    if (owner === undefined || siblings === undefined) return;
    siblings.delete(row.uid);
    if (siblings.size === 0) this.#owned.delete(owner);
  }
}
