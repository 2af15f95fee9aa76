import { type Health, healthOf } from '../domain/rollout/health.ts';
import type { DeploymentRecord } from '../domain/rollout/records.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import type { WatchedDeployments } from './revision-memory.ts';

/** A deployment that has begun to fail. */
export interface NewFailure {
  readonly deployment: DeploymentRecord;
  readonly health: Health;
}

/** A failure counts once it has lasted this long, in ms: many a pod needs a second start. */
const lastsMs = 10_000;

/**
 * Tells which deployments of a cluster begin to fail while it is watched: each once, until it was seen without a failure
 * again. What failed already when the watching began is no news.
 */
export class NewFailures {
  readonly #store: WatchedDeployments;
  readonly #clock: Clock;
  readonly #onFailures: (failures: readonly NewFailure[]) => void;
  /** Since when each failing deployment is seen to fail, in ms; undefined once it was told, or is no news. */
  readonly #failing = new Map<string, number | undefined>();
  readonly #watching: Ending;
  #begun = false;
  #timer: Ending | undefined;

  constructor(
    store: WatchedDeployments,
    clock: Clock,
    onFailures: (failures: readonly NewFailure[]) => void,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#onFailures = onFailures;
    this.#watching = store.onDidChange(({ deployments, state }) => this.#look(state ? 'all' : deployments));
    this.#look('all');
  }

  dispose(): void {
    this.#watching.dispose();
    this.#timer?.dispose();
  }

  #look(uids: ReadonlySet<string> | 'all'): void {
    // Until all was listed nothing is known of before; while the connection is cut nothing is seen at all.
    if (this.#store.state.kind !== 'live') return;
    const isNews = this.#begun;
    this.#begun = true;
    const seen = uids === 'all' || !isNews ? [...this.#store.deployments()].map(({ uid }) => uid) : uids;
    for (const uid of seen) {
      if (this.#failureOf(uid) === undefined) this.#failing.delete(uid);
      else if (!this.#failing.has(uid)) this.#failing.set(uid, isNews ? this.#clock.now() : undefined);
    }
    this.#wait();
  }

  #wait(): void {
    const waiting = [...this.#failing.values()].filter((since) => since !== undefined);
    if (waiting.length === 0) return;
    const ms = Math.max(0, Math.min(...waiting) + lastsMs - this.#clock.now());
    this.#timer ??= this.#clock.after(ms, () => {
      this.#timer = undefined;
      // What was seen before the connection was cut is looked at again when it is back.
      if (this.#store.state.kind !== 'live') return;
      this.#tell();
      this.#wait();
    });
  }

  #tell(): void {
    const now = this.#clock.now();
    const due = [...this.#failing].filter(([, since]) => since !== undefined && now - since >= lastsMs);
    for (const [uid] of due) this.#failing.set(uid, undefined);
    const failures = due.flatMap(([uid]) => this.#failureOf(uid) ?? []);
    if (failures.length > 0) this.#onFailures(failures);
  }

  #failureOf(uid: string): NewFailure | undefined {
    const records = this.#store.records(uid);
    if (records === undefined) return undefined;
    const health = healthOf(records);
    return health.state === 'degraded' ? { deployment: records.deployment, health } : undefined;
  }
}
