import type { TreeNode } from './nodes.ts';

/**
 * Which rows are unfolded, and so which rows can be seen; and where something changed that could not. VS Code tells when a
 * person folds or unfolds a row; of a row that begins unfolded, or stays so over a refresh, it only asks what is below.
 */
export class Unfolded {
  readonly #parentOf: (node: TreeNode) => TreeNode | undefined;
  readonly #unfolded = new Map<string, boolean>();
  readonly #changedBelow = new Set<string>();

  constructor(parentOf: (node: TreeNode) => TreeNode | undefined) {
    this.#parentOf = parentOf;
  }

  /** VS Code asks what is below a row: it does so of folded rows only where they were to be drawn anew. */
  asked({ id }: TreeNode): void {
    if (!this.#unfolded.has(id)) this.#unfolded.set(id, true);
  }

  fold({ id }: TreeNode): void {
    this.#unfolded.set(id, false);
  }

  /** True where something below it changed while it was folded. */
  unfold({ id }: TreeNode): boolean {
    this.#unfolded.set(id, true);
    return this.#changedBelow.delete(id);
  }

  /** Whether all above a row are unfolded. Where one is not, it is remembered that it hides a change. */
  isShown(node: TreeNode): boolean {
    let folded: TreeNode | undefined;
    for (let above = this.#parentOf(node); above !== undefined; above = this.#parentOf(above))
      if (this.#unfolded.get(above.id) !== true) folded = above;
    if (folded !== undefined) this.#changedBelow.add(folded.id);
    return folded === undefined;
  }

  /** The row is gone: should it come back, VS Code shows it as it begins. */
  forget(id: string): void {
    this.#unfolded.delete(id);
    this.#changedBelow.delete(id);
  }

  clear(): void {
    this.#unfolded.clear();
    this.#changedBelow.clear();
  }
}
