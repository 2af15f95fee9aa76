import { ApiError } from '../cluster/api-error.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { readDeployment, readReplicaSets } from '../cluster/deployments.ts';
import { currentReplicaSet } from '../domain/rollout/undo.ts';
import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';

/**
 * What became of a write whose answer was missed because the window was closed: the Deployment runs the ReplicaSet that
 * was to be put back, or it does not; `unknown` where the cluster cannot be read. Writes nothing.
 */
export async function missedOutcome(api: ApiServer, intent: WriteIntent): Promise<WriteOutcome> {
  try {
    const deployment = await readDeployment(api, intent);
    const current = currentReplicaSet(deployment, await readReplicaSets(api, deployment));
    if (deployment.metadata?.uid === intent.uid && current?.metadata?.uid === intent.toReplicaSet)
      return { kind: 'applied', generation: deployment.metadata.generation ?? 0 };
    const message =
      'The window was closed before the answer came, and the deployment does not run the revision that was to be put back.';
    return { kind: 'notApplied', message };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `The window was closed before the answer came, and the cluster cannot be read: ${error.message}`;
    return { kind: 'unknown', message };
  }
}
