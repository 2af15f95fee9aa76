interface Named {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

/** Rows by namespace and name. */
export class NameIndex<Row extends Named> {
  readonly #namespaces = new Map<string, Map<string, Row>>();

  /** Names of the namespaces that have a row. */
  namespaces(): IterableIterator<string> {
    return this.#namespaces.keys();
  }

  get(namespace: string, name: string): Row | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  /** Whether it is the first of its namespace. */
  set(row: Row): boolean {
    const names = this.#namespaces.get(row.namespace);
    if (names === undefined) this.#namespaces.set(row.namespace, new Map([[row.name, row]]));
    else names.set(row.name, row);
    return names === undefined;
  }

  /** Unless another object has taken the name since. */
  delete({ uid, namespace, name }: Row): void {
    const names = this.#namespaces.get(namespace);
    if (names?.get(name)?.uid !== uid) return;
    names.delete(name);
    if (names.size === 0) this.#namespaces.delete(namespace);
  }
}
