import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import { runRow, runTooltip, type ShownRun } from '../../views/runs/run-row.ts';
import { hover, treeItem } from '../tree/tree-item.ts';
import { showError } from '../error-message.ts';
import type { RunsList } from './runs-list.ts';

const runsViewId = 'kubernetesRollback.runs';

/** A row of the view *Runs*; commands take its run and its deployment from it. */
export interface RunNode extends RunTarget {
  readonly run: string;
  readonly shown: ShownRun;
}

/** The view *Runs*: active ones first, then past ones. A hidden view looks at nothing. */
export class RunsTree implements vscode.TreeDataProvider<RunNode> {
  readonly #list: RunsList;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<RunNode>;
  readonly #endings: vscode.Disposable[];
  #drawn = '';

  constructor(list: RunsList) {
    this.#list = list;
    this.#view = vscode.window.createTreeView<RunNode>(runsViewId, { treeDataProvider: this });
    this.#endings = [
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(({ visible }) => {
        list.setVisible(visible);
        if (visible) this.#changed.fire();
      }),
      list.onDidChange(() => void this.#redraw()),
    ];
    list.setVisible(this.#view.visible);
  }

  async getChildren(parent?: RunNode): Promise<RunNode[]> {
    if (parent !== undefined) return [];
    try {
      const runs = await this.#list.runs();
      this.#drawn = words(runs);
      return runs.map((shown) => ({ ...shown.summary.target, run: shown.summary.id, shown }));
    } catch (error) {
      showError('The runs of this machine cannot be read', error);
      return [];
    }
  }

  getTreeItem({ run, shown }: RunNode): vscode.TreeItem {
    const row = runRow(shown, Date.now());
    const item = treeItem(run, {
      row,
      contextValue: row.kind,
      folding: 'none',
      failing: false,
      tooltip: () => runTooltip(shown, Date.now()),
    });
    item.command = { command: 'kubernetesRollback.openRun', title: 'Open Run', arguments: [{ run }] };
    return item;
  }

  /** A hover is made when it is asked for. */
  resolveTreeItem(item: vscode.TreeItem, { shown }: RunNode): vscode.TreeItem {
    item.tooltip = hover(runTooltip(shown, Date.now()));
    return item;
  }

  dispose(): void {
    for (const ending of this.#endings) ending.dispose();
  }

  /** Drawn anew only where a row says something else than it did. */
  async #redraw(): Promise<void> {
    if (!this.#view.visible) return;
    try {
      if (words(await this.#list.runs()) !== this.#drawn) this.#changed.fire();
    } catch (error) {
      showError('The runs of this machine cannot be read', error);
    }
  }
}

function words(runs: readonly ShownRun[]): string {
  return JSON.stringify(runs.map((run) => [run.summary.id, runRow(run, Date.now())]));
}
