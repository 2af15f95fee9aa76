import type { Connection } from '../../cluster/connections.ts';
import type { StoreChange } from '../../cluster/store.ts';
import type { Ending } from '../../ports/clock.ts';
import { Outline, type Arrangement } from '../../views/tree/outline.ts';
import type { Sight } from '../../views/tree/row.ts';
import { idOf } from './nodes.ts';

/** A context that is open in the tree: its connection, and the outline of its rows. */
export class OpenContext {
  readonly connection: Connection;
  readonly outline: Outline;
  readonly #changes: Ending;
  #state: string;

  /** `changed` gets the ids of rows that may say something else; `all` where every row of the context may. */
  constructor(
    connection: Connection,
    arrangement: Arrangement,
    changed: (ids: readonly string[] | 'all') => void,
  ) {
    this.connection = connection;
    this.outline = new Outline(connection.store, arrangement);
    this.#state = this.#stateWords();
    this.#changes = connection.store.onDidChange((change) => changed(this.#see(change)));
  }

  /** How well the cluster can be seen now. */
  sight(now: number): Sight {
    const { state } = this.connection.store;
    return { now, staleSince: state.kind === 'stale' ? state.since : undefined };
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #see({ deployments }: StoreChange): readonly string[] | 'all' {
    const namespaces = this.outline.see(deployments);
    const state = this.#stateWords();
    const sameState = state === this.#state;
    this.#state = state;
    if (!sameState || deployments === 'all') return 'all';
    const { name: context } = this.connection.context;
    const rows = [...deployments].flatMap((uid) => {
      const deployment = this.connection.store.records(uid)?.deployment;
      return deployment === undefined
        ? []
        : [idOf.deployment(context, deployment.namespace, deployment.name, uid)];
    });
    return [idOf.context(context), ...[...namespaces].map((name) => idOf.namespace(context, name)), ...rows];
  }

  #stateWords(): string {
    const { state } = this.connection.store;
    return JSON.stringify([
      state.kind,
      'since' in state ? state.since : null,
      'error' in state ? [state.error.message, state.error.hint] : null,
    ]);
  }
}
