import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { NamespaceSource } from '../../../src/cluster/store/namespaces.ts';
import { ClusterStore, type StoreChange } from '../../../src/cluster/store/store.ts';
import { VirtualClock } from '../virtual-clock.ts';
import type { ScriptedBody } from './logs/scripted-api.ts';
import { namedOnly } from './named-only.ts';
import { events, listEnd, WatchScript } from './watch-script.ts';

const kinds = { deployments: '/apis/apps/v1', replicasets: '/apis/apps/v1', pods: '/api/v1' };
export const forbidden = new ApiError('forbidden', 'cannot list at the cluster scope', { status: 403 });

/** An owner reference of the controller with this uid. */
export const owner = (uid: string) => ({
  apiVersion: 'apps/v1',
  kind: 'x',
  name: 'x',
  uid,
  controller: true,
});

/** A store over scripted watches, in virtual time. */
export class StoreBed {
  readonly clock = new VirtualClock();
  readonly api = new WatchScript();
  /** What the store told, in order. */
  changes: StoreChange[] = [];
  #store: ClusterStore | undefined;

  get store(): ClusterStore {
    if (this.#store === undefined) throw new Error('the store was not opened');
    return this.#store;
  }

  /** Scripts the three watches that matter most, in one namespace or in all. */
  watches(place: string, bodies: Partial<Record<keyof typeof kinds, ScriptedBody | ApiError>> = {}): void {
    for (const kind of ['deployments', 'replicasets', 'pods'] as const)
      this.api.on(`${kinds[kind]}${place}/${kind}`, bodies[kind] ?? events(listEnd('1')));
  }

  /** Each namespace that is looked at by itself, with its state and what may not be seen there. */
  namespaces(): unknown {
    const { scope } = this.store;
    return scope.kind === 'namespaces'
      ? scope.namespaces.map(({ namespace, state, unseen }) => [namespace, state.kind, unseen])
      : scope.kind;
  }

  async open(source: NamespaceSource = namedOnly('shop')): Promise<void> {
    this.#store = new ClusterStore(this.api, this.clock, source);
    this.#store.onDidChange((change) => this.changes.push(change));
    await this.clock.settle();
  }

  async close(): Promise<void> {
    this.store.dispose();
    await this.clock.settle();
    assert.equal(this.clock.waiting, 0, 'no timer is left behind');
  }
}
