/** Rows by uid, and by the uid of what owns them. */
export class Table<Row extends { readonly uid: string }> {
  readonly #ownerOf: (row: Row) => string | undefined;
  readonly #rows = new Map<string, Row>();
  readonly #owned = new Map<string, Set<string>>();
  /** uids from before the list under way that it has not named yet. */
  #unlisted = new Set<string>();

  constructor(ownerOf: (row: Row) => string | undefined) {
    this.#ownerOf = ownerOf;
  }

  all(): IterableIterator<Row> {
    return this.#rows.values();
  }

  get(uid: string): Row | undefined {
    return this.#rows.get(uid);
  }

  ownedBy(owner: string): readonly Row[] {
    const rows: Row[] = [];
    for (const uid of this.#owned.get(owner) ?? []) {
      const row = this.#rows.get(uid);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  set(row: Row): void {
    this.#unlisted.delete(row.uid);
    const before = this.#rows.get(row.uid);
    const owner = this.#ownerOf(row);
    if (before !== undefined && this.#ownerOf(before) !== owner) this.#disown(before);
    this.#rows.set(row.uid, row);
    if (owner === undefined) return;
    const siblings = this.#owned.get(owner);
    if (siblings === undefined) this.#owned.set(owner, new Set([row.uid]));
    else siblings.add(row.uid);
  }

  /** The row that was there, if any. */
  delete(uid: string): Row | undefined {
    const row = this.#rows.get(uid);
    if (row === undefined) return undefined;
    this.#rows.delete(uid);
    this.#disown(row);
    return row;
  }

  /** A new list begins, `set` row by row; what was there stays until the list is whole. */
  begin(): void {
    this.#unlisted = new Set(this.#rows.keys());
  }

  /** The list is whole: what it did not name is gone. */
  whole(): void {
    for (const uid of this.#unlisted) this.delete(uid);
    this.#unlisted.clear();
  }

  #disown(row: Row): void {
    const owner = this.#ownerOf(row);
    const siblings = owner === undefined ? undefined : this.#owned.get(owner);
    if (owner === undefined || siblings === undefined) return;
    siblings.delete(row.uid);
    if (siblings.size === 0) this.#owned.delete(owner);
  }
}
