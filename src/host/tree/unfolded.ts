import type { TreeNode } from './nodes.ts';

/** Which rows are unfolded, and so which rows can be seen; and where something changed that could not. */
export class Unfolded {
  readonly #parentOf: (node: TreeNode) => TreeNode | undefined;
  readonly #unfolded = new Map<string, boolean>();
  readonly #changedBelow = new Set<string>();

  constructor(parentOf: (node: TreeNode) => TreeNode | undefined) {
    this.#parentOf = parentOf;
  }

  /** How a row begins; where it is known already, it stays as the person left it. */
  begin({ id }: TreeNode, unfolded: boolean): void {
    if (!this.#unfolded.has(id)) this.#unfolded.set(id, unfolded);
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

  clear(): void {
    this.#unfolded.clear();
    this.#changedBelow.clear();
  }
}
