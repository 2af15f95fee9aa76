import * as vscode from 'vscode';
import type { Connections } from '../../cluster/connections.ts';
import { type Kubeconfig, KubeconfigError } from '../../cluster/kubeconfig.ts';
import type { ClusterStore, StoreChange } from '../../cluster/store.ts';
import type { Ending } from '../../ports/clock.ts';
import { FailingDeployments } from './failing-deployments.ts';
import { KnownNodes } from './known-nodes.ts';
import { idOf, type TreeNode } from './nodes.ts';
import {
  childrenOfContext,
  childrenOfDeployment,
  childrenOfGroup,
  childrenOfNamespace,
} from './tree-children.ts';
import { treeItem } from './tree-items.ts';

export const deploymentsViewId = 'kubernetesRollback.deployments';
const kubeconfigContextKey = 'kubernetesRollback.kubeconfig';

/** The tree context → namespace → deployment → revisions and pods, drawn anew where something changed. */
export class DeploymentsTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #connections: Connections;
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new KnownNodes();
  readonly #failing = new FailingDeployments();
  readonly #subscriptions = new Map<string, Ending>();
  #kubeconfig: Kubeconfig | undefined;
  #view: vscode.TreeView<TreeNode> | undefined;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  attach(view: vscode.TreeView<TreeNode>): void {
    this.#view = view;
  }

  /** Forgets everything and reads the kubeconfig again. */
  refresh(): void {
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
    this.#subscriptions.clear();
    this.#nodes.clear();
    this.#failing.clear();
    this.#updateBadge();
    this.#changed.fire(undefined);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const connection = this.#connections.existing(contextOf(node));
    return treeItem(node, connection, this.#kubeconfig?.currentContext);
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    const children = parent === undefined ? await this.#contexts() : await this.#childrenOf(parent);
    return this.#nodes.place(parent?.id, children);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    switch (node.kind) {
      case 'context':
        return undefined;
      case 'namespace':
      case 'notice':
        return this.#nodes.get(idOf.context(contextOf(node)));
      case 'deployment':
        return this.#nodes.get(idOf.namespace(node.context, node.namespace));
      case 'revisions':
      case 'pods':
        return node.deployment;
      case 'revision':
        return this.#nodes.get(idOf.group(node.deployment, 'revisions'));
      case 'pod':
        return this.#nodes.get(idOf.group(node.deployment, 'pods'));
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
    this.#changed.dispose();
  }

  async #contexts(): Promise<readonly TreeNode[]> {
    try {
      this.#kubeconfig = await this.#connections.kubeconfig();
    } catch (error) {
      if (!(error instanceof KubeconfigError)) throw error;
      await vscode.commands.executeCommand('setContext', kubeconfigContextKey, error.reason);
      if (error.reason === 'unreadable') void vscode.window.showErrorMessage(error.message);
      return [];
    }
    const { contexts, currentContext } = this.#kubeconfig;
    await vscode.commands.executeCommand(
      'setContext',
      kubeconfigContextKey,
      contexts.length === 0 ? 'empty' : 'there',
    );
    return contexts
      .toSorted((a, b) => Number(b.name === currentContext) - Number(a.name === currentContext))
      .map(({ name }) => ({ kind: 'context', id: idOf.context(name), context: name }));
  }

  async #childrenOf(parent: TreeNode): Promise<readonly TreeNode[]> {
    if (parent.kind === 'notice') return [];
    const context = contextOf(parent);
    const connection = await this.#connections.connect(context);
    // The kubeconfig changed meanwhile: the tree is being drawn anew, with other connections.
    if (this.#connections.existing(context) !== connection) return [];
    this.#subscribe(context, connection.store);
    switch (parent.kind) {
      case 'context':
        return childrenOfContext(context, connection);
      case 'namespace':
        return childrenOfNamespace(context, parent.namespace, connection);
      case 'deployment':
        return childrenOfDeployment(parent);
      case 'revisions':
      case 'pods':
        return childrenOfGroup(parent, connection);
      case 'revision':
      case 'pod':
        return [];
    }
  }

  #subscribe(context: string, store: ClusterStore): void {
    if (this.#subscriptions.has(context)) return;
    const see = (change: { readonly deployments: StoreChange['deployments'] | 'all' }) => {
      this.#failing.see(context, store, change);
      this.#updateBadge();
    };
    see({ deployments: 'all' });
    this.#subscriptions.set(
      context,
      store.onDidChange((change) => {
        see(change);
        this.#redraw(context, store, change);
      }),
    );
  }

  /** A Deployment's change can move its row among its siblings and change its namespace's words: that far it is redrawn. */
  #redraw(context: string, store: ClusterStore, change: StoreChange): void {
    const whole = this.#nodes.get(idOf.context(context));
    if (change.state) return this.#changed.fire(whole);
    const namespaces = new Set<string>();
    for (const uid of change.deployments) {
      const record = store.records(uid)?.deployment;
      const namespace =
        record === undefined ? undefined : this.#nodes.get(idOf.namespace(context, record.namespace));
      // A deployment that is gone, or the first one of a namespace.
      if (namespace === undefined) return this.#changed.fire(whole);
      namespaces.add(namespace.id);
    }
    this.#changed.fire([...namespaces].flatMap((id) => this.#nodes.get(id) ?? []));
  }

  #updateBadge(): void {
    if (this.#view === undefined) return;
    const failing = this.#failing.count;
    const words = `${failing} ${failing === 1 ? 'deployment is' : 'deployments are'} failing`;
    this.#view.badge = failing === 0 ? undefined : { value: failing, tooltip: words };
  }
}

function contextOf(node: TreeNode): string {
  return 'context' in node ? node.context : node.deployment.context;
}
