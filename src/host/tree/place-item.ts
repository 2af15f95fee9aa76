import * as vscode from 'vscode';
import { placeStatus } from '../../views/tree/place-status.ts';
import { problemOf } from '../../views/tree/welcome.ts';
import type { DeploymentsTree } from './deployments-tree.ts';
import { hover } from './tree-item.ts';

/** The status bar item that says in which context and namespaces one works; choosing it switches the context. */
export class PlaceItem {
  readonly #item: vscode.StatusBarItem;
  readonly #tree: DeploymentsTree;
  readonly #changes: vscode.Disposable;
  #shown = '';

  constructor(tree: DeploymentsTree) {
    this.#tree = tree;
    this.#item = vscode.window.createStatusBarItem('place', vscode.StatusBarAlignment.Left, 10);
    this.#item.name = 'Rollback: Context and Namespaces';
    this.#item.command = 'kubernetesRollback.switchContext';
    this.#changes = tree.onDidChangeSummary(() => this.#show());
  }

  dispose(): void {
    this.#changes.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const context = this.#tree.contexts?.find(({ chosen }) => chosen);
    if (context === undefined) {
      this.#shown = '';
      return this.#item.hide();
    }
    const open = this.#tree.openContext(context.name);
    const now = Date.now();
    const { text, spoken, tooltip } = placeStatus({
      context,
      sight: open?.sight(now) ?? { now, staleSince: undefined },
      failing: open?.outline.totals().failing ?? 0,
      problem: problemOf(this.#tree.seenContexts().find((seen) => seen.context === context.name)),
      elsewhere: this.#tree.failingCounts().filter((count) => count.context !== context.name),
    });
    const words = JSON.stringify([text, spoken, tooltip]);
    if (words === this.#shown) return;
    this.#shown = words;
    this.#item.text = text;
    this.#item.tooltip = hover(tooltip);
    this.#item.accessibilityInformation = { label: spoken };
    this.#item.show();
  }
}
