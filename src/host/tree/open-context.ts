import type { Connection, Connections } from '../../cluster/connections.ts';
import type { StoreChange } from '../../cluster/store/store.ts';
import type { ReplicaSetRecord } from '../../domain/rollout/records.ts';
import type { Ending } from '../../ports/clock.ts';
import type { RevisionMemory } from '../../runs/revision-memory.ts';
import { judgementOf, type RevisionJudgement } from '../../views/tree/known-good-words.ts';
import { Outline, type Arrangement } from '../../views/tree/outline.ts';
import { sightOf, type Sight } from '../../views/tree/row.ts';
import { idOf } from './nodes.ts';

type Logins = Pick<Connections, 'isLoggingIn' | 'onDidChangeLogin'>;

/** A context that is open in the tree: its connection, and the outline of its rows. */
export class OpenContext {
  readonly connection: Connection;
  readonly outline: Outline;
  /** What was seen of its revisions. */
  readonly memory: RevisionMemory | undefined;
  readonly #logins: Logins;
  readonly #changes: readonly Ending[];

  /** `changed` gets the ids of rows that may say something else; `all` where every row of the context may. */
  constructor(
    logins: Logins,
    connection: Connection,
    arrangement: Arrangement,
    memory: RevisionMemory | undefined,
    changed: (ids: readonly string[] | 'all') => void,
  ) {
    this.#logins = logins;
    this.connection = connection;
    this.memory = memory;
    this.outline = new Outline(connection.store, arrangement);
    this.#changes = [
      connection.store.onDidChange((change) => changed(this.#see(change))),
      logins.onDidChangeLogin((context) => {
        if (context === connection.context.name) changed('all');
      }),
    ];
  }

  /** Whether its login goes on just now; it may wait for a person. */
  get isLoggingIn(): boolean {
    return this.#logins.isLoggingIn(this.connection.context.name);
  }

  /** How well the cluster can be seen now. */
  sight(now: number): Sight {
    return sightOf(this.connection.store.state, now);
  }

  /** Whether a revision was seen good or failing. */
  judgement(replicaSet: ReplicaSetRecord, all: readonly ReplicaSetRecord[]): RevisionJudgement {
    return judgementOf(this.memory, replicaSet, all);
  }

  dispose(): void {
    for (const change of this.#changes) change.dispose();
  }

  #see(change: StoreChange): readonly string[] | 'all' {
    const { deployments, workloads } = change;
    const namespaces = this.outline.see(change);
    if (change.state) return 'all';
    const { store } = this.connection;
    const { name: context } = this.connection.context;
    const rows = [...deployments].flatMap((uid) => {
      const deployment = store.records(uid)?.deployment;
      return deployment === undefined
        ? []
        : [idOf.deployment(context, deployment.namespace, deployment.name, uid)];
    });
    const others = [...workloads].flatMap((uid) => {
      const workload = store.workload(uid)?.workload;
      if (workload === undefined) return [];
      const { namespace, kind } = workload;
      return [idOf.workloads(context, namespace, kind), idOf.workload(context, namespace, uid)];
    });
    return [
      idOf.context(context),
      ...[...namespaces].map((name) => idOf.namespace(context, name)),
      ...rows,
      ...others,
    ];
  }
}
