import * as vscode from 'vscode';
import type { Connections } from '../../cluster/connections.ts';
import { KubeconfigError } from '../../cluster/kubeconfig/kubeconfig.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { isOutdated, topmost } from '../../views/tree/changed-rows.ts';
import type { ContextFacts } from '../../views/tree/context-row.ts';
import { failingBadge, type FailingCount } from '../../views/tree/failing-counts.ts';
import { filterWords, isFiltering } from '../../views/tree/filter.ts';
import { kubeconfigNotices } from '../../views/tree/notices.ts';
import type { SeenContext } from '../../views/tree/welcome.ts';
import type { RevisionMemories } from '../revision-memories.ts';
import { onDidChangeMarks } from '../settings.ts';
import type { Choices } from './choices.ts';
import type { DrawnRow } from './drawing.ts';
import { drawnRow } from './drawn-row.ts';
import { KnownNodes } from './known-nodes.ts';
import { EmptyPlace } from './empty-place.ts';
import { contextOf, idOf, noticeNode, type TreeNode } from './nodes.ts';
import type { OpenContext } from './open-context.ts';
import { OpenContexts } from './open-contexts.ts';
import { RedrawQueue } from './redraw-queue.ts';
import { childrenOf } from './tree-children.ts';
import { hover, treeItem } from './tree-item.ts';
import { Unfolded } from './unfolded.ts';

export const deploymentsViewId = 'kubernetesRollback.deployments';
/** Rows that tell an age are looked at this often. */
const agesEveryMs = 60_000;
const summaryEveryMs = 200;

/** The tree context → namespace → deployment → revisions and pods; a row is drawn anew where it says something else. */
export class DeploymentsTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #choices: Choices;
  readonly #clock: Clock;
  readonly #contexts: OpenContexts;
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #summaryChanged = new vscode.EventEmitter<void>();
  /** Fires when what the status bar tells may be another. */
  readonly onDidChangeSummary = this.#summaryChanged.event;
  readonly #nodes = new KnownNodes((id) => this.#unfolded.forget(id));
  readonly #unfolded = new Unfolded((node) => this.#nodes.parentOf(node));
  readonly #queue: RedrawQueue;
  readonly #place = new EmptyPlace();
  readonly #subscriptions: Ending[];
  #view: vscode.TreeView<TreeNode> | undefined;
  #ages: Ending | undefined;
  #summary: Ending | undefined;

  constructor(connections: Connections, choices: Choices, memories: RevisionMemories, clock: Clock) {
    this.#choices = choices;
    this.#clock = clock;
    this.#contexts = new OpenContexts(connections, choices, memories, clock, (context, ids) =>
      this.#look(context, ids),
    );
    this.#queue = new RedrawQueue(
      clock,
      (id) => this.#isOutdated(id),
      (ids) => this.#redraw(ids),
    );
    this.#subscriptions = [
      choices.onDidChange(() => this.#arrange()),
      onDidChangeMarks(() => this.#arrange()),
      memories.onDidChange((context) => this.#lookAtRevisions(context)),
    ];
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

  /** The contexts as last read; undefined before a row asked for them. */
  get contexts(): readonly ContextFacts[] | undefined {
    return this.#contexts.all;
  }

  /** An open context's rows; undefined while it is not connected to. */
  openContext(context: string): OpenContext | undefined {
    return this.#contexts.get(context);
  }

  seenContexts(): readonly SeenContext[] {
    return this.#contexts.seen();
  }

  /** How many fail in each open context. */
  failingCounts(): readonly FailingCount[] {
    return this.#contexts.failingCounts();
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
    this.#contexts.clear();
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
    return treeItem(this.#itemId(node), drawn);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const drawn = this.#drawn(node);
    if (drawn !== undefined) item.tooltip = hover(drawn.tooltip());
    return item;
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    if (parent === undefined) return this.#nodes.place(undefined, await this.#topRows());
    if (parent.kind === 'notice') return [];
    this.#unfolded.asked(parent);
    const context = contextOf(parent);
    const open = await this.#contexts.connect(context);
    if (open === undefined) return [];
    this.#tellSummary();
    return this.#nodes.place(parent.id, childrenOf(parent, open, this.#contexts.namespacesShown(context)));
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
    this.#contexts.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#queue.clear();
    this.#ages?.dispose();
    this.#summary?.dispose();
    this.#changed.dispose();
    this.#summaryChanged.dispose();
  }

  /** None where a welcome stands in their place. */
  async #topRows(): Promise<readonly TreeNode[]> {
    const rows = await this.#contextRows();
    this.#place.see(this.#contexts.all ?? [], this.#contexts.seen());
    return this.#place.welcome === undefined ? rows : [];
  }

  async #contextRows(): Promise<readonly TreeNode[]> {
    try {
      const contexts = await this.#contexts.read();
      this.#place.kubeconfig(contexts.length === 0 ? 'empty' : 'there');
      // VS Code will ask for the rows of the unfolded context next: they can be on their way by then.
      const start = contexts.find(({ chosen }) => chosen);
      if (start !== undefined) this.#contexts.begin(start.name);
      return contexts
        .toSorted((a, b) => Number(b.chosen) - Number(a.chosen))
        .map(({ name }) => ({ kind: 'context', id: idOf.context(name), context: name }));
    } catch (error) {
      if (!(error instanceof KubeconfigError)) throw error;
      this.#place.kubeconfig(error.reason, error.message);
      return error.reason === 'unreadable' ? kubeconfigNotices.map((notice) => noticeNode('', notice)) : [];
    } finally {
      this.#tellSummary();
    }
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

  #lookAtRevisions(context: string): void {
    const nodes = [...this.#nodes.tree(idOf.context(context))];
    this.#queue.add(nodes.filter(({ kind }) => kind === 'revision').map(({ id }) => id));
  }

  #lookAtAges(): void {
    this.#ages = this.#clock.after(agesEveryMs, () => {
      for (const { connection } of this.#contexts.open) this.#lookAtRevisions(connection.context.name);
      this.#lookAtAges();
    });
  }

  #isOutdated(id: string): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined) return false;
    const drawing = this.#nodes.drawingOf(id);
    const drawn = this.#drawn(node);
    const context = contextOf(node);
    const open = this.#contexts.get(context);
    const below =
      drawing.below === undefined || open === undefined
        ? undefined
        : childrenOf(node, open, this.#contexts.namespacesShown(context)).map((child) => child.id);
    const now = { words: drawn === undefined ? undefined : wordsOf(drawn), below };
    return isOutdated(drawing, now) && this.#unfolded.isShown(node);
  }

  #redraw(ids: readonly string[]): void {
    const nodes = new Set(ids.flatMap((id) => this.#nodes.get(id) ?? []));
    this.#changed.fire(topmost(nodes, (node) => this.#nodes.parentOf(node)));
  }

  /** What is chosen is another: all rows may be. */
  #arrange(): void {
    this.#contexts.arrange();
    this.#tellSummary();
    this.#changed.fire(undefined);
  }

  #drawn(node: TreeNode): DrawnRow | undefined {
    const open = this.#contexts.get(contextOf(node));
    return drawnRow(node, open, (context) => this.#contexts.facts(context), this.#clock.now());
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
    const badge = failingBadge(this.failingCounts());
    if (this.#view.badge?.value !== badge?.value || this.#view.badge?.tooltip !== badge?.tooltip)
      this.#view.badge = badge;
    if (this.#place.see(this.#contexts.all ?? [], this.#contexts.seen())) this.#changed.fire(undefined);
    const { title, problem } = this.#place;
    if (this.#view.description !== title) this.#view.description = title ?? '';
    const { total, shown } = this.#contexts.totals();
    // VS Code shows no welcome below a message.
    const message = problem ?? (total === 0 ? '' : (filterWords(this.#choices.filter, shown, total) ?? ''));
    if (this.#view.message !== message) this.#view.message = message;
  }
}

/** All that VS Code draws of a row: where it is the same, the row is. */
function wordsOf({ row, contextValue, failing }: DrawnRow): string {
  return JSON.stringify([row, contextValue, failing]);
}
