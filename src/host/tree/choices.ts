import * as vscode from 'vscode';
import type { SortOrder } from '../../views/tree/order.ts';
import { isFiltering, noFilter, type TreeFilter } from '../../views/tree/filter.ts';
import type { Arrangement } from '../../views/tree/outline.ts';
import { choicesOf, type StoredChoices } from './stored-choices.ts';

const memory = 'kubernetesRollback.tree';
const filteringContextKey = 'kubernetesRollback.filtering';

/**
 * What the person chose to see, kept with the workspace: the context and the namespaces that commands start from, filter
 * and order. The kubeconfig is never written to: kubectl goes on from where it was.
 */
export class Choices {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #stored: StoredChoices;

  constructor(workspace: vscode.Memento) {
    this.#memory = workspace;
    this.#stored = choicesOf(workspace.get(memory));
    void this.#tellFiltering();
  }

  /** The chosen context; undefined for the kubeconfig's current one. */
  get context(): string | undefined {
    return this.#stored.context;
  }

  /** The namespaces of a context to show; empty for all. */
  namespaces(context: string): readonly string[] {
    return this.#stored.namespaces[context] ?? [];
  }

  get filter(): TreeFilter {
    return this.#stored.filter;
  }

  get sort(): SortOrder {
    return this.#stored.sort;
  }

  arrangement(context: string): Arrangement {
    return { filter: this.filter, sort: this.sort, namespaces: this.namespaces(context) };
  }

  async chooseContext(context: string): Promise<void> {
    await this.#keep({ context });
  }

  async chooseNamespaces(context: string, namespaces: readonly string[]): Promise<void> {
    const { [context]: _before, ...others } = this.#stored.namespaces;
    await this.#keep({
      namespaces: namespaces.length === 0 ? others : { ...others, [context]: [...namespaces] },
    });
  }

  async setFilter(filter: TreeFilter): Promise<void> {
    await this.#keep({ filter: isFiltering(filter) ? filter : noFilter });
    await this.#tellFiltering();
  }

  async setSort(sort: SortOrder): Promise<void> {
    await this.#keep({ sort });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #keep(changes: Partial<StoredChoices>): Promise<void> {
    this.#stored = { ...this.#stored, ...changes };
    this.#changed.fire();
    await this.#memory.update(memory, this.#stored);
  }

  async #tellFiltering(): Promise<void> {
    await vscode.commands.executeCommand('setContext', filteringContextKey, isFiltering(this.filter));
  }
}
