import * as vscode from 'vscode';
import type { KubeconfigError } from '../../cluster/kubeconfig/kubeconfig.ts';
import type { ContextFacts } from '../../views/tree/context-row.ts';
import { type SeenContext, type Welcome, welcomeOf, welcomeTitle } from '../../views/tree/welcome.ts';

const kubeconfigContextKey = 'kubernetesRollback.kubeconfig';
const welcomeContextKey = 'kubernetesRollback.welcome';

/** What stands where there are no rows: tells VS Code which of the welcomes in package.json it is. */
export class EmptyPlace {
  #welcome: Welcome | undefined;
  #title: string | undefined;
  #problem: string | undefined;

  /** Undefined where there are rows. */
  get welcome(): Welcome | undefined {
    return this.#welcome;
  }

  /** What stands beside the view's title: what is the matter with which context. */
  get title(): string | undefined {
    return this.#title;
  }

  /** Why the kubeconfig cannot be read; it goes when that is mended. */
  get problem(): string | undefined {
    return this.#problem;
  }

  kubeconfig(state: 'there' | 'empty' | KubeconfigError['reason'], message?: string): void {
    this.#problem = state === 'unreadable' ? message : undefined;
    tell(kubeconfigContextKey, state);
  }

  /** True where another welcome stands there than before, or none. */
  see(contexts: readonly ContextFacts[], seen: readonly SeenContext[]): boolean {
    const before = this.#welcome;
    // Where commands start from a context that is not open yet, its row is to be seen, and opens it.
    const isStartOpen = contexts.every(({ chosen, open }) => !chosen || open);
    this.#welcome = isStartOpen ? welcomeOf(seen) : undefined;
    this.#title = this.#welcome === undefined ? undefined : welcomeTitle(seen);
    if (this.#welcome === before) return false;
    tell(welcomeContextKey, this.#welcome);
    return true;
  }
}

function tell(key: string, value: string | undefined): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
