import type { Clock, Ending } from '../../ports/clock.ts';

export interface StoreChange {
  /** uids of the Deployments that came, went, or have a change in themselves, their ReplicaSets or Pods. */
  readonly deployments: ReadonlySet<string>;
  /** The same of StatefulSets, DaemonSets and Argo Rollouts. */
  readonly workloads: ReadonlySet<string>;
  /** Whether the store's `state` or `scope` may be another than before. */
  readonly state: boolean;
}

/** Changes are told together, at most this often: a crash loop of 300 pods is one change. */
const tellAfterMs = 50;

/** Gathers what changes and tells it together. */
export class ChangeTeller {
  readonly #clock: Clock;
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #deployments = new Set<string>();
  #workloads = new Set<string>();
  #state = false;
  #telling: Ending | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onDidChange(listener: (change: StoreChange) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  deployment(uid: string): void {
    this.#deployments.add(uid);
    this.#tellSoon();
  }

  workload(uid: string): void {
    this.#workloads.add(uid);
    this.#tellSoon();
  }

  state(): void {
    this.#state = true;
    this.#tellSoon();
  }

  dispose(): void {
    this.#telling?.dispose();
    this.#listeners.clear();
  }

  #tellSoon(): void {
    this.#telling ??= this.#clock.after(tellAfterMs, () => {
      const change = { deployments: this.#deployments, workloads: this.#workloads, state: this.#state };
      this.#deployments = new Set();
      this.#workloads = new Set();
      this.#state = false;
      this.#telling = undefined;
      for (const listener of this.#listeners) listener(change);
    });
  }
}
