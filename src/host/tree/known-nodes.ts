import type { TreeNode } from './nodes.ts';

/**
 * The rows that VS Code was given. It knows a row by its object, so the same row must stay the same object; rows that
 * are gone are forgotten with all below them, since pods come and go for as long as a window is open.
 */
export class KnownNodes {
  readonly #nodes = new Map<string, TreeNode>();
  /** Ids below a row; the roots are below `undefined`. */
  readonly #below = new Map<string | undefined, ReadonlySet<string>>();

  get(id: string): TreeNode | undefined {
    return this.#nodes.get(id);
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** Takes the rows that are now below `parent` and gives them as they are known. */
  place(parent: string | undefined, children: readonly TreeNode[]): TreeNode[] {
    const ids = new Set(children.map(({ id }) => id));
    for (const id of this.#below.get(parent) ?? []) if (!ids.has(id)) this.#forget(id);
    this.#below.set(parent, ids);
    return children.map((child) => {
      const before = this.#nodes.get(child.id);
      // A notice's words are in the row itself: it is a new one each time.
      if (before !== undefined && child.kind !== 'notice') return before;
      this.#nodes.set(child.id, child);
      return child;
    });
  }

  clear(): void {
    this.#nodes.clear();
    this.#below.clear();
  }

  #forget(id: string): void {
    for (const child of this.#below.get(id) ?? []) this.#forget(child);
    this.#below.delete(id);
    this.#nodes.delete(id);
  }
}
