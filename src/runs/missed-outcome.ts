import { ApiError } from '../cluster/errors/api-error.ts';
import { isChangedSince } from '../cluster/writes/writes.ts';
import type { ApiServer } from '../cluster/api-server.ts';
import { readDeployment, readReplicaSets } from '../cluster/reads/deployments.ts';
import { currentReplicaSet } from '../domain/rollout/undo.ts';
import type { DeploymentJson } from '../domain/rollout/json.ts';
import { isOperated } from '../domain/rollout/operations.ts';
import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';

const changedWords =
  'The window was closed before the answer came, and the deployment was changed since: by this write and then by something else, or by something else alone.';

/**
 * What became of a write whose answer was missed because the window was closed: the Deployment is as the write leaves it,
 * or it is not; `unknown` where the cluster cannot be read, or something has changed it since. Writes nothing.
 */
export async function missedOutcome(api: ApiServer, intent: WriteIntent): Promise<WriteOutcome> {
  try {
    const deployment = await readDeployment(api, intent);
    if (deployment.metadata?.uid === intent.uid && (await isDone(api, intent, deployment)))
      return { kind: 'applied', generation: deployment.metadata.generation ?? 0 };
    if (isChangedSince(intent, deployment)) return { kind: 'unknown', message: changedWords };
    const message =
      intent.kind === 'rollBack'
        ? 'The window was closed before the answer came, and the deployment does not run the revision that was to be put back.'
        : 'The window was closed before the answer came, and the deployment does not show the change.';
    return { kind: 'notApplied', message };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `The window was closed before the answer came, and the cluster cannot be read: ${error.message}`;
    return { kind: 'unknown', message };
  }
}

/** A rollback is told by its ReplicaSet: the template alone may have come back in another way. */
async function isDone(api: ApiServer, intent: WriteIntent, deployment: DeploymentJson): Promise<boolean> {
  if (intent.kind !== 'rollBack') return isOperated(deployment, intent);
  const current = currentReplicaSet(deployment, await readReplicaSets(api, deployment));
  return current?.metadata?.uid === intent.toReplicaSet;
}
