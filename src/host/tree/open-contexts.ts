import type { Connections } from '../../cluster/connections.ts';
import type { Kubeconfig } from '../../cluster/kubeconfig/kubeconfig.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContextFacts } from '../../views/tree/context-row.ts';
import type { FailingCount } from '../../views/tree/failing-counts.ts';
import type { SeenContext } from '../../views/tree/welcome.ts';
import { placeMarks } from '../place-marks.ts';
import type { RevisionMemories } from '../revision-memories.ts';
import type { Choices } from './choices.ts';
import { firstLook } from './first-look.ts';
import { OpenContext } from './open-context.ts';

/** The kubeconfig's contexts, and those of them that are open in the tree. A context connects when it is opened. */
export class OpenContexts {
  readonly #connections: Connections;
  readonly #choices: Choices;
  readonly #memories: RevisionMemories;
  readonly #clock: Clock;
  readonly #changed: (context: string, ids: readonly string[] | 'all') => void;
  readonly #open = new Map<string, OpenContext>();
  #kubeconfig: Kubeconfig | undefined;

  /** `changed` gets the ids of rows that may say something else; `all` where every row of the context may. */
  constructor(
    connections: Connections,
    choices: Choices,
    memories: RevisionMemories,
    clock: Clock,
    changed: (context: string, ids: readonly string[] | 'all') => void,
  ) {
    this.#connections = connections;
    this.#choices = choices;
    this.#memories = memories;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Reads the kubeconfig. Throws KubeconfigError. */
  async read(): Promise<readonly ContextFacts[]> {
    this.#kubeconfig = undefined;
    this.#kubeconfig = await this.#connections.kubeconfig();
    return this.all ?? [];
  }

  /** The contexts as last read; undefined where that was not, or could not be. */
  get all(): readonly ContextFacts[] | undefined {
    return this.#kubeconfig?.contexts.map(({ name }) => this.facts(name));
  }

  get open(): Iterable<OpenContext> {
    return this.#open.values();
  }

  /** Undefined while the context is not connected to. */
  get(context: string): OpenContext | undefined {
    return this.#open.get(context);
  }

  /**
   * Connects where that was not done yet, and waits a little for the first rows. Undefined where the kubeconfig changed
   * meanwhile: the tree is being drawn anew, with other connections.
   */
  async connect(context: string): Promise<OpenContext | undefined> {
    const connection = await this.#connections.connect(context);
    await firstLook(connection.store, this.#clock);
    if (this.#connections.existing(context) !== connection) return undefined;
    const before = this.#open.get(context);
    if (before?.connection === connection) return before;
    before?.dispose();
    const arrangement = this.#choices.arrangement(context);
    const open = new OpenContext(
      this.#connections,
      connection,
      arrangement,
      this.#memories.of(context),
      (ids) => this.#changed(context, ids),
    );
    this.#open.set(context, open);
    return open;
  }

  /** Connects ahead of the asking. What goes wrong is told to who asks. */
  begin(context: string): void {
    void this.#connections.connect(context).then(
      () => undefined,
      () => undefined,
    );
  }

  facts(name: string): ContextFacts {
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
      namespaces: this.namespacesShown(name),
      marks: placeMarks(name),
    };
  }

  /** The chosen namespaces, else those that the user may look at; none for the whole cluster. */
  namespacesShown(context: string): readonly string[] {
    const chosen = this.#choices.namespaces(context);
    const scope = this.#open.get(context)?.connection.store.scope;
    return chosen.length > 0 || scope?.kind !== 'namespaces'
      ? chosen
      : scope.namespaces.filter(({ state }) => state.kind !== 'refused').map(({ namespace }) => namespace);
  }

  /** Shows more, less, or in another order, as it is chosen now. */
  arrange(): void {
    for (const [context, { outline }] of this.#open) outline.arrange(this.#choices.arrangement(context));
  }

  /** Sums over all open contexts. */
  totals(): { readonly total: number; readonly shown: number } {
    const sum = { total: 0, shown: 0 };
    for (const { outline } of this.#open.values()) {
      const { total, shown } = outline.totals();
      sum.total += total;
      sum.shown += shown;
    }
    return sum;
  }

  /** What is known of each open context. */
  seen(): readonly SeenContext[] {
    return [...this.#open].map(([context, open]) => {
      const { state, scope } = open.connection.store;
      const unseen =
        scope.kind === 'cluster' ? scope.unseen : scope.namespaces.flatMap((one) => [...one.unseen]);
      return {
        context,
        server: open.connection.context.server,
        sight: state,
        loggingIn: open.isLoggingIn,
        namespaces: this.namespacesShown(context),
        total: open.outline.totals().total,
        partly: unseen.length > 0 || (scope.kind === 'namespaces' && scope.leftOut > 0),
      };
    });
  }

  failingCounts(): readonly FailingCount[] {
    return [...this.#open].map(([context, { connection, outline }]) => ({
      context,
      failing: outline.totals().failing,
      stale: connection.store.state.kind === 'stale',
    }));
  }

  clear(): void {
    for (const open of this.#open.values()) open.dispose();
    this.#open.clear();
  }
}
