import type { ApiServer } from '../cluster/api-server.ts';
import { type DeploymentName, readDeployment } from '../cluster/reads/deployments.ts';
import type { WriteGateway } from '../cluster/writes/writes.ts';
import type { DeploymentJson } from '../domain/rollout/json.ts';
import { isOperated, type OperationRequest, planOperation } from '../domain/rollout/operations.ts';
import { operationWarnings } from '../domain/rollout/write-warnings.ts';
import type { KubectlPlace } from '../domain/kubectl-place.ts';
import type { Operation } from '../domain/runbook/write.ts';
import { kubectlCommand } from './kubectl-command.ts';
import { readScalers } from './write-surroundings.ts';
import { dryRun, generationOf, type Prepared, type WritePreview } from './write-preview.ts';

/** What a person sees before a deployment is paused, resumed, restarted or scaled. */
export interface OperationPreview extends WritePreview {
  readonly operation: Operation;
}

/**
 * Reads the cluster afresh, decides as kubectl does, and lets the API server check the write in a dry run. Writes nothing.
 * `now` is ms since the epoch. Throws ApiError where the cluster cannot be read.
 */
export async function prepareOperation(
  api: ApiServer,
  gateway: WriteGateway,
  place: KubectlPlace,
  name: DeploymentName,
  request: OperationRequest,
  now: number,
  signal?: AbortSignal,
): Promise<Prepared<OperationPreview>> {
  const deployment = await readDeployment(api, name, signal);
  const at = `${new Date(now).toISOString().slice(0, -5)}Z`;
  const plan = planOperation(deployment, request, at);
  if (plan.kind === 'skipped') return plan;
  if (plan.kind === 'refused') return { ...plan, reason: 'other', hint: hintFor(request, deployment) };
  const { operation } = plan;
  const write = {
    operations: plan.patch,
    intent: {
      ...operation,
      context: place.context,
      ...name,
      uid: deployment.metadata?.uid ?? '',
      ...generationOf(deployment),
    },
    isApplied: (seen: DeploymentJson) => isOperated(seen, operation),
  };
  const refused = await dryRun(gateway, write, signal);
  if (refused !== undefined) return refused;
  const scalers = operation.kind === 'scale' ? await readScalers(api, name, signal) : [];
  const preview: OperationPreview = {
    operation,
    warnings: operationWarnings(deployment, operation, { scalers }),
    blocker: undefined,
    command: kubectlCommand(place, name, commandWords(operation)),
    write,
  };
  return { kind: 'ready', preview };
}

function hintFor({ kind }: OperationRequest, { spec }: DeploymentJson): string {
  if (kind === 'scale') return 'Give a whole number.';
  return spec?.paused === true && kind === 'restart'
    ? 'Resume it, then restart it.'
    : 'There is nothing to do.';
}

function commandWords(operation: Operation): (deployment: string) => string {
  if (operation.kind === 'scale')
    return (deployment) =>
      `scale ${deployment} --current-replicas=${operation.fromReplicas} --replicas=${operation.toReplicas}`;
  return (deployment) => `rollout ${operation.kind} ${deployment}`;
}
