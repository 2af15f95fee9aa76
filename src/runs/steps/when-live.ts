import type { ClusterStore } from '../../cluster/store/store.ts';
import type { Clock } from '../../ports/clock.ts';

/** How long a step waits for a cluster that is being connected to, in ms. */
const patienceMs = 15_000;

/** Resolves with true as soon as the store is live; with false where it is not in time, or `signal` aborts. */
export function whenLive(
  store: Pick<ClusterStore, 'state' | 'onDidChange'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const isLive = () => store.state.kind === 'live';
  if (isLive() || signal.aborted) return Promise.resolve(isLive());
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const changes = store.onDidChange(() => isLive() && resolve(true));
  const limit = clock.after(patienceMs, () => resolve(isLive()));
  const stop = () => resolve(false);
  signal.addEventListener('abort', stop, { once: true });
  return promise.finally(() => {
    changes.dispose();
    limit.dispose();
    signal.removeEventListener('abort', stop);
  });
}
