import type { ClusterStore } from '../../cluster/store/store.ts';

/** The part of a store that tells whether it holds anything yet. */
export type Loading = Pick<ClusterStore, 'state' | 'onDidChange'>;

/**
 * Resolves once the store holds what the cluster holds, or held when it was last seen: before that "not there" would be
 * said of what has not arrived yet. Throws the store's ApiError where the cluster has never been seen.
 */
export function loadedStore(store: Loading): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { state } = store;
      if (state.kind === 'connecting') return;
      changes.dispose();
      if (state.kind === 'live' || (state.kind === 'stale' && state.since !== undefined)) resolve();
      else reject(state.error);
    };
    const changes = store.onDidChange(look);
    look();
  });
}
