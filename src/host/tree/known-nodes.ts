import type { Drawing } from '../../views/tree/changed-rows.ts';
import type { TreeNode } from './nodes.ts';

/**
 * The rows that VS Code was given, and what they said. It knows a row by its object, so the same row must stay the same
 * object; rows that are gone are forgotten with all below them, since pods come and go for as long as a window is open.
 */
export class KnownNodes {
  readonly #nodes = new Map<string, TreeNode>();
  /** Ids below a row; the roots are below `undefined`. */
  readonly #below = new Map<string | undefined, readonly string[]>();
  readonly #above = new Map<string, string | undefined>();
  readonly #words = new Map<string, string>();
  readonly #onForget: (id: string) => void;

  /** `onForget` is told the id of each row that is gone. */
  constructor(onForget: (id: string) => void = () => {}) {
    this.#onForget = onForget;
  }

  get(id: string): TreeNode | undefined {
    return this.#nodes.get(id);
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** The row above this one; undefined for a root. */
  parentOf({ id }: TreeNode): TreeNode | undefined {
    const above = this.#above.get(id);
    return above === undefined ? undefined : this.#nodes.get(above);
  }

  /** Takes the rows that are now below `parent` and gives them as they are known. */
  place(parent: string | undefined, children: readonly TreeNode[]): TreeNode[] {
    const ids = new Set(children.map(({ id }) => id));
    for (const id of this.#below.get(parent) ?? []) if (!ids.has(id)) this.#forget(id);
    this.#below.set(parent, [...ids]);
    return children.map((child) => {
      const before = this.#nodes.get(child.id);
      if (before !== undefined) return before;
      this.#nodes.set(child.id, child);
      this.#above.set(child.id, parent);
      return child;
    });
  }

  /** Remembers what a row says. */
  draw(id: string, words: string): void {
    if (this.#nodes.has(id)) this.#words.set(id, words);
  }

  drawingOf(id: string): Drawing {
    return { words: this.#words.get(id), below: this.#below.get(id) };
  }

  /** This row and all below it. */
  *tree(id: string): IterableIterator<TreeNode> {
    const node = this.#nodes.get(id);
    if (node !== undefined) yield node;
    for (const child of this.#below.get(id) ?? []) yield* this.tree(child);
  }

  clear(): void {
    this.#nodes.clear();
    this.#below.clear();
    this.#above.clear();
    this.#words.clear();
  }

  #forget(id: string): void {
    for (const child of this.#below.get(id) ?? []) this.#forget(child);
    this.#below.delete(id);
    this.#nodes.delete(id);
    this.#above.delete(id);
    this.#words.delete(id);
    this.#onForget(id);
  }
}
