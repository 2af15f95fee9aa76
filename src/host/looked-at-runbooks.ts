import type { Connection, Connections } from '../cluster/connections.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import type { RunState } from '../domain/runbook/state.ts';
import type { Ending } from '../ports/clock.ts';
import { lookAtRun } from '../runs/looked-at-run.ts';
import type { RunFolder } from '../runs/run-folder.ts';
import type { RunIndex } from '../runs/run-index.ts';
import { RunElsewhere, type Runbooks } from './runbooks.ts';

/** A deployment's run and its cluster, for who sets nothing going. */
export interface LookedAtRunbook {
  readonly target: RunTarget;
  readonly connection: Connection;
  /** The folder of what is kept beside the journal; undefined where there is no run. */
  readonly attachments: string | undefined;
  state(): RunState | undefined;
  onDidChange(listener: () => void): Ending;
}

/** Runs to be looked at: logs are shown in each window, whichever carries the run out. */
export class LookedAtRunbooks {
  readonly #runbooks: Runbooks;
  readonly #connections: Connections;
  readonly #runs: { readonly folder: RunFolder; readonly index: RunIndex };

  constructor(
    runbooks: Runbooks,
    connections: Connections,
    runs: { readonly folder: RunFolder; readonly index: RunIndex },
  ) {
    this.#runbooks = runbooks;
    this.#connections = connections;
    this.#runs = runs;
  }

  /** Where another window carries the run out, it is given as it is now. Throws as `Runbooks.of` for other reasons. */
  async look({ context, namespace, name }: RunTarget): Promise<LookedAtRunbook> {
    const target = { context, namespace, name };
    try {
      const { run, connection, attachments } = await this.#runbooks.of(target);
      const onDidChange = (listener: () => void) => run.onDidChange(listener);
      return { target, connection, attachments, state: () => run.state, onDidChange };
    } catch (error) {
      if (!(error instanceof RunElsewhere)) throw error;
      const connection = await this.#connections.connect(context);
      const looked = await lookAtRun(this.#runs.folder, this.#runs.index, target);
      return {
        target,
        connection,
        attachments: looked?.attachments,
        state: () => looked?.state,
        onDidChange: () => ({ dispose: () => undefined }),
      };
    }
  }
}
