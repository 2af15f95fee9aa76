import * as vscode from 'vscode';
import type { Connections } from '../../cluster/connections.ts';
import { type Kubeconfig, KubeconfigError } from '../../cluster/kubeconfig.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { isOutdated, topmost } from '../../views/tree/changed-rows.ts';
import type { ContextFacts } from '../../views/tree/context-row.ts';
import { filterWords, isFiltering } from '../../views/tree/filter.ts';
import type { Choices } from './choices.ts';
import type { DrawnRow } from './drawing.ts';
import { drawnRow } from './drawn-row.ts';
import { firstLook } from './first-look.ts';
import { KnownNodes } from './known-nodes.ts';
import { contextOf, idOf, type TreeNode } from './nodes.ts';
import { OpenContext } from './open-context.ts';
import { RedrawQueue } from './redraw-queue.ts';
import { childrenOf } from './tree-children.ts';
import { hover, treeItem } from './tree-item.ts';
import { Unfolded } from './unfolded.ts';

export const deploymentsViewId = 'kubernetesRollback.deployments';
const kubeconfigContextKey = 'kubernetesRollback.kubeconfig';
/** Rows that tell an age are looked at this often. */
const agesEveryMs = 60_000;
const summaryEveryMs = 200;

/** The tree context → namespace → deployment → revisions and pods; a row is drawn anew where it says something else. */
export class DeploymentsTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #connections: Connections;
  readonly #choices: Choices;
  readonly #clock: Clock;
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #summaryChanged = new vscode.EventEmitter<void>();
  /** Fires when what the status bar tells may be another. */
  readonly onDidChangeSummary = this.#summaryChanged.event;
  readonly #nodes = new KnownNodes();
  readonly #unfolded = new Unfolded((node) => this.#nodes.parentOf(node));
  readonly #open = new Map<string, OpenContext>();
  readonly #queue: RedrawQueue;
  readonly #subscriptions: vscode.Disposable[] = [];
  #kubeconfig: Kubeconfig | undefined;
  #view: vscode.TreeView<TreeNode> | undefined;
  #ages: Ending | undefined;
  #summary: Ending | undefined;

  constructor(connections: Connections, choices: Choices, clock: Clock) {
    this.#connections = connections;
    this.#choices = choices;
    this.#clock = clock;
    this.#queue = new RedrawQueue(
      clock,
      (id) => this.#isOutdated(id),
      (ids) => this.#redraw(ids),
    );
    this.#subscriptions.push(choices.onDidChange(() => this.#arrange()));
  }

  attach(view: vscode.TreeView<TreeNode>): void {
    this.#view = view;
    this.#subscriptions.push(
      view.onDidChangeVisibility(({ visible }) => this.#queue.pause(!visible)),
      view.onDidCollapseElement(({ element }) => this.#unfolded.fold(element)),
      view.onDidExpandElement(({ element }) => {
        // What changed below it while it was folded was not drawn.
        if (this.#unfolded.unfold(element)) this.#changed.fire(element);
      }),
    );
    this.#lookAtAges();
  }

  /** The contexts as last read; undefined before a row or a command asked for them. */
  get contexts(): readonly ContextFacts[] | undefined {
    return this.#kubeconfig?.contexts.map(({ name }) => this.#facts(name));
  }

  /** An open context's rows; undefined while it is not connected to. */
  openContext(context: string): OpenContext | undefined {
    return this.#open.get(context);
  }

  /** The row that is selected, where one is. */
  get selected(): TreeNode | undefined {
    return this.#view?.selection[0];
  }

  /** The row that a command's argument is, where it is one. */
  known(argument: unknown): TreeNode | undefined {
    const id =
      typeof argument === 'object' && argument !== null && 'id' in argument ? argument.id : undefined;
    return typeof id === 'string' ? this.#nodes.get(id) : undefined;
  }

  /** Forgets everything and reads the kubeconfig again. */
  refresh(): void {
    for (const open of this.#open.values()) open.dispose();
    this.#open.clear();
    this.#nodes.clear();
    this.#unfolded.clear();
    this.#queue.clear();
    this.#tellSummary();
    this.#changed.fire(undefined);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const drawn = this.#drawn(node);
    if (drawn === undefined) return new vscode.TreeItem('gone');
    this.#nodes.draw(node.id, wordsOf(drawn));
    this.#unfolded.begin(node, drawn.folding === 'unfolded');
    return treeItem(this.#itemId(node), drawn);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const drawn = this.#drawn(node);
    if (drawn !== undefined) item.tooltip = hover(drawn.tooltip());
    return item;
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    const children = parent === undefined ? await this.#contextRows() : await this.#childrenOf(parent);
    return this.#nodes.place(parent?.id, children);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#nodes.parentOf(node);
  }

  /** Shows a context's row and unfolds it, where the view is shown. */
  async reveal(context: string): Promise<void> {
    const node = this.#nodes.get(idOf.context(context));
    if (node !== undefined && this.#view?.visible === true)
      await this.#view.reveal(node, { select: true, expand: true });
  }

  dispose(): void {
    for (const open of this.#open.values()) open.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#queue.clear();
    this.#ages?.dispose();
    this.#summary?.dispose();
    this.#changed.dispose();
    this.#summaryChanged.dispose();
  }

  async #contextRows(): Promise<readonly TreeNode[]> {
    try {
      this.#kubeconfig = await this.#connections.kubeconfig();
    } catch (error) {
      if (!(error instanceof KubeconfigError)) throw error;
      this.#kubeconfig = undefined;
      this.#tellSummary();
      await vscode.commands.executeCommand('setContext', kubeconfigContextKey, error.reason);
      if (error.reason === 'unreadable') void vscode.window.showErrorMessage(error.message);
      return [];
    }
    const there = this.#kubeconfig.contexts.length === 0 ? 'empty' : 'there';
    await vscode.commands.executeCommand('setContext', kubeconfigContextKey, there);
    this.#tellSummary();
    return (this.contexts ?? [])
      .toSorted((a, b) => Number(b.chosen) - Number(a.chosen))
      .map(({ name }) => ({ kind: 'context', id: idOf.context(name), context: name }));
  }

  async #childrenOf(parent: TreeNode): Promise<readonly TreeNode[]> {
    if (parent.kind === 'notice') return [];
    const context = contextOf(parent);
    const connection = await this.#connections.connect(context);
    await firstLook(connection.store, this.#clock);
    // The kubeconfig changed meanwhile: the tree is being drawn anew, with other connections.
    if (this.#connections.existing(context) !== connection) return [];
    let open = this.#open.get(context);
    if (open?.connection !== connection) {
      open?.dispose();
      open = new OpenContext(this.#connections, connection, this.#choices.arrangement(context), (ids) =>
        this.#look(context, ids),
      );
      this.#open.set(context, open);
      this.#tellSummary();
    }
    return childrenOf(parent, open, this.#namespacesShown(context));
  }

  /** Rows that were never given to VS Code need no second look. */
  #look(context: string, ids: readonly string[] | 'all'): void {
    const nodes =
      ids === 'all'
        ? [...this.#nodes.tree(idOf.context(context))]
        : ids.flatMap((id) =>
            /^(deployment|workload) /.test(id) ? [...this.#nodes.tree(id)] : (this.#nodes.get(id) ?? []),
          );
    this.#queue.add(nodes.map(({ id }) => id));
    this.#tellSummary();
  }

  #isOutdated(id: string): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined) return false;
    const drawing = this.#nodes.drawingOf(id);
    const drawn = this.#drawn(node);
    const open = this.#open.get(contextOf(node));
    const below =
      drawing.below === undefined || open === undefined
        ? undefined
        : childrenOf(node, open, this.#namespacesShown(contextOf(node))).map((child) => child.id);
    const now = { words: drawn === undefined ? undefined : wordsOf(drawn), below };
    if (!isOutdated(drawing, now)) return false;
    return this.#unfolded.isShown(node);
  }

  #redraw(ids: readonly string[]): void {
    const nodes = new Set(ids.flatMap((id) => this.#nodes.get(id) ?? []));
    this.#changed.fire(topmost(nodes, (node) => this.#nodes.parentOf(node)));
  }

  /** Filter, order, context or namespaces are others now: all rows may be. */
  #arrange(): void {
    for (const [context, open] of this.#open) open.outline.arrange(this.#choices.arrangement(context));
    this.#tellSummary();
    this.#changed.fire(undefined);
  }

  #lookAtAges(): void {
    this.#ages = this.#clock.after(agesEveryMs, () => {
      const revisions = [...this.#open.keys()]
        .flatMap((context) => [...this.#nodes.tree(idOf.context(context))])
        .filter(({ kind }) => kind === 'revision');
      this.#queue.add(revisions.map(({ id }) => id));
      this.#lookAtAges();
    });
  }

  #drawn(node: TreeNode): DrawnRow | undefined {
    const open = this.#open.get(contextOf(node));
    return drawnRow(node, open, (context) => this.#facts(context), this.#clock.now());
  }

  #facts(name: string): ContextFacts {
    const found = this.#kubeconfig?.contexts.find((context) => context.name === name);
    const current = this.#kubeconfig?.currentContext;
    const wanted = this.#choices.context;
    const there = this.#kubeconfig?.contexts.some((context) => context.name === wanted) === true;
    return {
      name,
      cluster: found?.cluster ?? '',
      server: found?.server ?? '',
      user: found?.user ?? '',
      chosen: name === (there ? wanted : current),
      current: name === current,
      open: this.#open.has(name),
      namespaces: this.#namespacesShown(name),
    };
  }

  /** The chosen namespaces, else those that the user may look at; none for the whole cluster. */
  #namespacesShown(context: string): readonly string[] {
    const chosen = this.#choices.namespaces(context);
    const scope = this.#open.get(context)?.connection.store.scope;
    return chosen.length > 0 || scope?.kind !== 'namespaces'
      ? chosen
      : scope.namespaces.filter(({ state }) => state.kind !== 'refused').map(({ namespace }) => namespace);
  }

  /** While a filter is on, namespaces are other rows to VS Code: they begin unfolded, so that what was found is seen. */
  #itemId(node: TreeNode): string {
    return node.kind === 'namespace' && isFiltering(this.#choices.filter) ? `${node.id} filtered` : node.id;
  }

  /** Sums over a whole cluster: some times a second are enough. */
  #tellSummary(): void {
    this.#summary ??= this.#clock.after(summaryEveryMs, () => {
      this.#summary = undefined;
      this.#summaryChanged.fire();
      this.#showSummary();
    });
  }

  #showSummary(): void {
    if (this.#view === undefined) return;
    const sum = { total: 0, shown: 0, failing: 0 };
    for (const { outline } of this.#open.values()) {
      const { total, shown, failing } = outline.totals();
      sum.total += total;
      sum.shown += shown;
      sum.failing += failing;
    }
    const { total, shown, failing } = sum;
    if (this.#view.badge?.value !== (failing || undefined))
      this.#view.badge = failing === 0 ? undefined : { value: failing, tooltip: `${failing} failing` };
    const message = filterWords(this.#choices.filter, shown, total) ?? '';
    if (this.#view.message !== message) this.#view.message = message;
  }
}

/** All that VS Code draws of a row: where it is the same, the row is. */
function wordsOf({ row, contextValue, failing }: DrawnRow): string {
  return JSON.stringify([row, contextValue, failing]);
}
