import type { ClusterStore } from '../../cluster/store/store.ts';
import type { Clock } from '../../ports/clock.ts';

/** As long as a person takes nothing for waiting: a second redraw would cost more than it. */
const patienceMs = 700;

/** Waits until a cluster is known or told to be out of reach, but not for long: then rows come as they arrive. */
export async function firstLook(
  store: Pick<ClusterStore, 'state' | 'onDidChange'>,
  clock: Clock,
): Promise<void> {
  if (store.state.kind !== 'connecting') return;
  await new Promise<void>((resolve) => {
    const end = () => {
      changes.dispose();
      late.dispose();
      resolve();
    };
    const late = clock.after(patienceMs, end);
    const changes = store.onDidChange(() => {
      if (store.state.kind !== 'connecting') end();
    });
  });
}
