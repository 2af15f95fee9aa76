import { loadKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { ClusterStore } from '../../../src/cluster/store/store.ts';
import { Transport } from '../../../src/cluster/http/transport.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { options } from './side-process.ts';

/** The extension's own transport to the cluster, logged in as the kubeconfig says. */
export async function ownTransport(): Promise<Transport> {
  const kubeconfig = await loadKubeconfig([options.kubeconfig]);
  const [context] = kubeconfig.contexts;
  if (context === undefined) throw new Error('the kubeconfig has no context');
  return new Transport(options.server, () => kubeconfig.credentials(context.name));
}

/** The extension's own store on that transport. */
export function ownStore(transport: Transport): ClusterStore {
  return new ClusterStore(transport, realClock, { named: [], find: async () => undefined });
}

/** Resolves when the store holds all there is; `first` is called when it tells of its first rows. */
export function untilLive(store: ClusterStore, first: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const ending = store.onDidChange(() => {
      const { state } = store;
      if (!store.deployments().next().done) first();
      if ('error' in state) reject(state.error);
      if (state.kind !== 'live') return;
      ending.dispose();
      resolve();
    });
  });
}
