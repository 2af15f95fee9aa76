import type { DeploymentJson, ReplicaSetJson } from '../../../src/domain/rollout/json.ts';
import { type MisbehavingServer, startMisbehaving } from '../../testbed/misbehaving/server.ts';
import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';

/** The Deployment `shop/api`: revision 3 with the image api:v3 runs; 1 and 2 can be put back. */
export const api = { namespace: 'shop', name: 'api' };
export const apiPath = '/apis/apps/v1/namespaces/shop/deployments/api';

export function apiDeployment(): DeploymentJson {
  return deploymentJson(template('api:v3'), revision(3));
}

/** The ReplicaSet of one revision of it. */
export function apiReplicaSet(number: number, annotations = revision(number)): ReplicaSetJson {
  return replicaSetJson(`r${number}`, template(`api:v${number}`), annotations);
}

/** A misbehaving API server that has it. */
export async function startShop(): Promise<MisbehavingServer> {
  const server = await startMisbehaving();
  putDeployment(server, apiDeployment());
  for (const number of [1, 2, 3]) putReplicaSet(server, apiReplicaSet(number));
  return server;
}

/** Puts it in place of what is there. */
export function putDeployment({ objects }: MisbehavingServer, deployment: DeploymentJson): void {
  objects.put(apiPath, deployment);
}

export function putReplicaSet({ objects }: MisbehavingServer, replicaSet: ReplicaSetJson): void {
  objects.put(replicaSetPath(replicaSet.metadata?.name ?? ''), replicaSet);
}

export function replicaSetPath(name: string): string {
  return `/apis/apps/v1/namespaces/shop/replicasets/${name}`;
}
