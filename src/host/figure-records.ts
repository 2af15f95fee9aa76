import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from '../cluster/connections.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { ClusterFigures } from '../runs/figures/cluster-figures.ts';
import type { DeploymentFigures } from '../runs/figures/deployment-figures.ts';
import { FigureMemory } from '../runs/figures/figure-memory.ts';
import { FigureMemoryFile } from '../runs/figures/figure-memory-file.ts';
import { endpointsSetting } from './settings.ts';

/** Where connections come from. */
interface Connecting {
  onDidConnect(listener: (connection: Connection) => void): Ending;
}

/** What is recorded of the deployments of each connected context, for as long as the connection is. */
export class FigureRecords {
  readonly #clusters = new Map<string, ClusterFigures>();
  readonly #connecting: Ending;
  readonly #onFault: (error: unknown) => void;

  /** `folder` holds one file a context; it need not exist. */
  constructor(connections: Connecting, clock: Clock, folder: string, onFault: (error: unknown) => void) {
    this.#onFault = onFault;
    this.#connecting = connections.onDidConnect((connection) => {
      const context = connection.context.name;
      this.reset([context]);
      const hash = createHash('sha256').update(context).digest('hex').slice(0, 24);
      const file = new FigureMemoryFile(join(folder, `${hash}-figures.json`));
      const memory = new FigureMemory(clock, file, onFault);
      const endpoints = (place: Omit<RunTarget, 'context'>) => endpointsSetting({ context, ...place });
      this.#clusters.set(context, new ClusterFigures(connection, clock, memory, endpoints, onFault));
    });
  }

  /** Undefined where the context is not connected to. */
  of({ context, ...place }: RunTarget): DeploymentFigures | undefined {
    return this.#clusters.get(context)?.of(place);
  }

  /** With the end of the connections: of these contexts, of all by default. */
  reset(contexts: Iterable<string> = [...this.#clusters.keys()]): void {
    for (const context of contexts) {
      this.#clusters.get(context)?.dispose().catch(this.#onFault);
      this.#clusters.delete(context);
    }
  }

  dispose(): void {
    this.#connecting.dispose();
    this.reset();
  }
}
