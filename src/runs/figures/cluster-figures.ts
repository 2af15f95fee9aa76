import type { ApiServer } from '../../cluster/api-server.ts';
import type { ClusterStore } from '../../cluster/store/store.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { Endpoints } from '../endpoints.ts';
import { DeploymentFigures } from './deployment-figures.ts';
import type { FigureMemory } from './figure-memory.ts';

export interface DeploymentPlace {
  readonly namespace: string;
  readonly name: string;
}

/** How often it is looked which deployments have addresses in the settings, in ms. */
const lookEveryMs = 60_000;
/** So many deployments are recorded unasked at most: each costs some requests a minute. */
const mostUnasked = 20;

/** The figures of one cluster's deployments: of those whose panel was opened, and of those whose health address is set. */
export class ClusterFigures {
  readonly #api: ApiServer;
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #memory: FigureMemory;
  readonly #endpoints: (place: DeploymentPlace) => Endpoints;
  readonly #onFault: (error: unknown) => void;
  readonly #figures = new Map<string, DeploymentFigures>();
  #looking: Ending;

  constructor(
    { api, store }: { readonly api: ApiServer; readonly store: ClusterStore },
    clock: Clock,
    memory: FigureMemory,
    endpoints: (place: DeploymentPlace) => Endpoints,
    onFault: (error: unknown) => void,
  ) {
    this.#api = api;
    this.#store = store;
    this.#clock = clock;
    this.#memory = memory;
    this.#endpoints = endpoints;
    this.#onFault = onFault;
    this.#looking = clock.after(lookEveryMs, () => this.#look());
  }

  of({ namespace, name }: DeploymentPlace): DeploymentFigures {
    const key = `${namespace}/${name}`;
    const known = this.#figures.get(key);
    if (known !== undefined) return known;
    const figures = new DeploymentFigures({
      api: this.#api,
      clock: this.#clock,
      memory: this.#memory,
      records: () => (this.#store.state.kind === 'live' ? this.#store.find(namespace, name) : undefined),
      endpoints: () => this.#endpoints({ namespace, name }),
      onFault: this.#onFault,
    });
    this.#figures.set(key, figures);
    return figures;
  }

  async dispose(): Promise<void> {
    this.#looking.dispose();
    for (const figures of this.#figures.values()) figures.dispose();
    await this.#memory.dispose();
  }

  #look(): void {
    this.#looking = this.#clock.after(lookEveryMs, () => this.#look());
    for (const { namespace, name } of this.#store.deployments()) {
      if (this.#figures.size >= mostUnasked) return;
      if (this.#figures.has(`${namespace}/${name}`)) continue;
      if (this.#endpoints({ namespace, name }).health !== undefined)
        this.of({ namespace, name }).record('background');
    }
  }
}
