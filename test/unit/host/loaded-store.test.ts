import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { StoreChange, StoreState } from '../../../src/cluster/store/store.ts';
import { loadedStore } from '../../../src/host/commands/loaded-store.ts';

class ScriptedStore {
  state: StoreState = { kind: 'connecting' };
  readonly listeners = new Set<(change: StoreChange) => void>();

  onDidChange(listener: (change: StoreChange) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  become(state: StoreState): void {
    this.state = state;
    for (const listener of this.listeners)
      listener({ deployments: new Set(), workloads: new Set(), state: true });
  }
}

const error = new ApiError('unreachable', 'Nobody answers.');

describe('a command that needs what the cluster holds', () => {
  it('waits until it has arrived, and listens no longer than that', async () => {
    const store = new ScriptedStore();
    let loaded = false;
    const waiting = loadedStore(store).then(() => (loaded = true));
    store.become({ kind: 'connecting' });
    await Promise.resolve();
    assert.equal(loaded, false);
    store.become({ kind: 'live' });
    await waiting;
    assert.equal(store.listeners.size, 0);
  });

  it('goes on at once with what was seen before the connection was lost', async () => {
    const store = new ScriptedStore();
    store.become({ kind: 'stale', since: 1, error });
    await loadedStore(store);
    assert.equal(store.listeners.size, 0);
  });

  for (const state of [
    { kind: 'stale', since: undefined, error },
    { kind: 'refused', error },
  ] as const)
    it(`says why where nothing was ever seen: ${state.kind}`, async () => {
      const store = new ScriptedStore();
      const waiting = loadedStore(store);
      store.become(state);
      await assert.rejects(waiting, error);
      assert.equal(store.listeners.size, 0);
    });
});
