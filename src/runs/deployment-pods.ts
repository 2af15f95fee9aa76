import type { ClusterStore } from '../cluster/store/store.ts';
import type { LivePods } from './log-pods.ts';

/** The pods of the Deployment with this uid, as the store sees them. */
export function deploymentPods(store: ClusterStore, deploymentUid: string): LivePods {
  return {
    pods: () => store.records(deploymentUid)?.pods ?? [],
    onDidChange: (listener) =>
      store.onDidChange(({ deployments, state }) => {
        if (state || deployments.has(deploymentUid)) listener();
      }),
    revisionOf: (pod) =>
      store.records(deploymentUid)?.replicaSets.find(({ uid }) => uid === pod.ownerUid)?.revision,
  };
}
