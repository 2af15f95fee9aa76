import type { DeploymentJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import { labelSelector } from '../../domain/rollout/label-selector.ts';
import type { ApiServer } from '../api-server.ts';
import { exactBody } from '../http/json-body.ts';
import { deploymentOf, replicaSetsOf } from '../http/shape.ts';

/** A Deployment by name in one cluster. */
export interface DeploymentName {
  readonly namespace: string;
  readonly name: string;
}

export function deploymentPath({ namespace, name }: DeploymentName): string {
  return `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments/${encodeURIComponent(name)}`;
}

/** The Deployment as it is now, whole and raw: decisions are made on this, never on the store's records. Throws ApiError. */
export async function readDeployment(
  api: ApiServer,
  name: DeploymentName,
  signal?: AbortSignal,
): Promise<DeploymentJson> {
  return deploymentOf(
    exactBody(await api.get(deploymentPath(name), {}, signal === undefined ? {} : { signal })),
  );
}

/** The namespace's ReplicaSets that the Deployment's selector matches, whole and raw. Throws ApiError. */
export async function readReplicaSets(
  api: ApiServer,
  deployment: DeploymentJson,
  signal?: AbortSignal,
): Promise<readonly ReplicaSetJson[]> {
  const namespace = encodeURIComponent(deployment.metadata?.namespace ?? '');
  const body = await api.get(
    `/apis/apps/v1/namespaces/${namespace}/replicasets`,
    { labelSelector: labelSelector(deployment.spec?.selector) },
    { timeoutMs: 30_000, ...(signal === undefined ? {} : { signal }) },
  );
  return replicaSetsOf(exactBody(body));
}
