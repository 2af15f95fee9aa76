import type { JsonPatchOperation } from '../../domain/rollout/json-patch.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { ApiServer, ApiWriter } from '../api-server.ts';
import { ApiError } from '../errors/api-error.ts';
import type { DeploymentName } from '../reads/deployments.ts';
import {
  type LeaseObject,
  leaseName,
  leaseOf,
  leasePath,
  leaseSpec,
  microTime,
  renewEveryMs,
} from './lease-object.ts';

/** Who carries out a run of the deployment, as its Lease says; `unknown` with why nothing can be said of it. */
export type LeaseState =
  | { readonly kind: 'free' }
  | { readonly kind: 'ours' }
  /** `by` is `user@host`; `renewedAt` RFC 3339, by that host's clock. */
  | { readonly kind: 'held'; readonly by: string; readonly renewedAt: string }
  | { readonly kind: 'notPermitted'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

const fieldManager = 'kubernetes-rollback';
const patience = { timeoutMs: 5_000 };
/** Clocks of two machines differ by less than this, in ms: a lease that is older needs no watching to be called expired. */
const mostSkewMs = 5 * 60_000;

/**
 * The Lease `kubernetes-rollback-<deployment>`: across machines, one person at a time carries out a run of a deployment.
 * It is advice where it may be written, and said where it may not: the cluster itself enforces nothing by it.
 */
export class DeploymentLease {
  readonly #api: ApiServer;
  readonly #writer: ApiWriter;
  readonly #clock: Clock;
  readonly #name: DeploymentName;
  readonly #identity: string;
  readonly #listeners = new Set<(state: LeaseState) => void>();
  /** Since when (own clock, ms) the lease has been seen unchanged: another machine's clock is not relied on. */
  #unchanged: { readonly version: string; readonly since: number } | undefined;
  #renewing: Ending | undefined;
  #held: LeaseObject | undefined;
  #asking: Promise<unknown> = Promise.resolve();

  /** `identity` is `user@host`, then `_` and what tells this run from others of the same person. */
  constructor(api: ApiServer, writer: ApiWriter, clock: Clock, name: DeploymentName, identity: string) {
    this.#api = api;
    this.#writer = writer;
    this.#clock = clock;
    this.#name = name;
    this.#identity = identity;
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** Told when a lease that was held is lost to somebody else. */
  onLost(listener: (state: LeaseState) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Who holds it; reads only. Does not reject. */
  look(): Promise<LeaseState> {
    return this.#inTurn(async () => this.#stateOf(await this.#read()));
  }

  /**
   * Takes the lease and renews it from now on; `over` names the holder from whom it is taken all the same, as `look` gave
   * it. Never taken from anybody else who still renews it. Does not reject.
   */
  take(over?: string): Promise<LeaseState> {
    return this.#inTurn(async () => {
      const found = await this.#read();
      const state = this.#stateOf(found);
      if (state.kind === 'held' && state.by !== over) return state;
      try {
        this.#keep(found === undefined ? await this.#create() : await this.#takeFrom(found));
        return { kind: 'ours' };
      } catch (error) {
        if (!wasChanged(error)) throw error;
        // Somebody was quicker.
        const now = this.#stateOf(await this.#read());
        if (now.kind !== 'held') throw error;
        return now;
      }
    });
  }

  /** Gives the lease back where it is held. Does not reject: a lease that cannot be given back expires. */
  async release(): Promise<void> {
    await this.#inTurn(async () => {
      this.#renewing?.dispose();
      const held = this.#held;
      this.#held = undefined;
      if (held !== undefined)
        await this.#patch(held, [...this.#ours(), { op: 'add', path: '/spec/holderIdentity', value: '' }]);
      return { kind: 'free' };
    });
  }

  /** Ends renewing without a word to the cluster. */
  dispose(): void {
    this.#renewing?.dispose();
    this.#held = undefined;
    this.#listeners.clear();
  }

  /** One request after the other; what an error says becomes the state. */
  #inTurn(ask: () => Promise<LeaseState>): Promise<LeaseState> {
    const asked = this.#asking.then(ask).catch((error: unknown): LeaseState => {
      if (!(error instanceof ApiError)) throw error;
      const { message, reason } = error;
      return { kind: reason === 'forbidden' || reason === 'readOnly' ? 'notPermitted' : 'unknown', message };
    });
    this.#asking = asked.catch(() => undefined);
    return asked;
  }

  #stateOf(found: LeaseObject | undefined): LeaseState {
    if (found === undefined || found.holder === '') return { kind: 'free' };
    if (found.holder === this.#identity) return { kind: 'ours' };
    const now = this.#clock.now();
    if (this.#unchanged?.version !== found.resourceVersion)
      this.#unchanged = { version: found.resourceVersion, since: now };
    const seenFor = now - this.#unchanged.since;
    const age = now - Date.parse(found.renewedAt);
    if (seenFor > found.durationMs || !(age < found.durationMs + mostSkewMs)) return { kind: 'free' };
    return { kind: 'held', by: shownHolder(found.holder), renewedAt: found.renewedAt };
  }

  async #read(): Promise<LeaseObject | undefined> {
    try {
      return leaseOf(await this.#api.get(leasePath(this.#name, leaseName(this.#name)), {}, patience));
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'notFound') return undefined;
      throw error;
    }
  }

  #takeFrom(found: LeaseObject): Promise<LeaseObject> {
    const transitions = found.transitions + (found.holder === this.#identity ? 0 : 1);
    return this.#patch(found, [
      { op: 'test', path: '/metadata/resourceVersion', value: found.resourceVersion },
      { op: 'add', path: '/spec', value: leaseSpec(this.#identity, this.#clock.now(), transitions) },
    ]);
  }

  async #create(): Promise<LeaseObject> {
    return leaseOf(
      await this.#writer.send(
        {
          method: 'POST',
          path: leasePath(this.#name),
          query: { fieldManager },
          contentType: 'application/json',
          body: JSON.stringify({
            apiVersion: 'coordination.k8s.io/v1',
            kind: 'Lease',
            metadata: { name: leaseName(this.#name) },
            spec: leaseSpec(this.#identity, this.#clock.now(), 0),
          }),
        },
        patience,
      ),
    );
  }

  async #patch(lease: LeaseObject, operations: readonly JsonPatchOperation[]): Promise<LeaseObject> {
    return leaseOf(
      await this.#writer.send(
        {
          method: 'PATCH',
          path: leasePath(this.#name, leaseName(this.#name)),
          query: { fieldManager },
          contentType: 'application/json-patch+json',
          body: JSON.stringify([{ op: 'test', path: '/metadata/uid', value: lease.uid }, ...operations]),
        },
        patience,
      ),
    );
  }

  #ours(): JsonPatchOperation[] {
    return [{ op: 'test', path: '/spec/holderIdentity', value: this.#identity }];
  }

  #keep(lease: LeaseObject): void {
    this.#held = lease;
    this.#renewing?.dispose();
    this.#renewing = this.#clock.after(renewEveryMs, () => void this.#renew());
  }

  /** Where no answer comes it is tried again: the lease counts three times as long as it takes to renew it. */
  async #renew(): Promise<void> {
    const state = await this.#inTurn(async () => {
      const held = this.#held;
      if (held === undefined) return { kind: 'free' };
      try {
        const renewTime = microTime(this.#clock.now());
        this.#keep(
          await this.#patch(held, [
            ...this.#ours(),
            { op: 'add', path: '/spec/renewTime', value: renewTime },
          ]),
        );
        return { kind: 'ours' };
      } catch (error) {
        if (this.#held === undefined) return { kind: 'free' };
        this.#keep(held);
        if (!wasChanged(error)) throw error;
      }
      // Somebody has taken it, or taken it away: who has it now?
      const found = await this.#read();
      const state = this.#stateOf(found);
      if (state.kind === 'held') {
        this.#renewing?.dispose();
        this.#held = undefined;
      } else if (found === undefined) this.#keep(await this.#create());
      else this.#held = found;
      return state;
    });
    if (state.kind === 'held') for (const listener of this.#listeners) listener(state);
  }
}

/** `user@host` without what tells one run from another. */
function shownHolder(identity: string): string {
  return identity.replace(/_[0-9a-f]{4,}$/, '');
}

/** The precondition did not hold: the lease is not as it was read. */
function wasChanged(error: unknown): boolean {
  return error instanceof ApiError && ['invalid', 'notFound', 'conflict'].includes(error.reason);
}
