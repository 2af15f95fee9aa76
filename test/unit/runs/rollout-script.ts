import type { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { DeploymentJson, PodTemplateJson } from '../../../src/domain/rollout/json.ts';
import { WatchScript } from '../cluster/watch-script.ts';
import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';

export const good = template('api:v1');
export const bad = template('api:v2');
/** The ReplicaSets `good` and `bad` of the Deployment `shop/api`; `good` is what is rolled back to. */
const replicaSets = [replicaSetJson('good', good, revision(3)), replicaSetJson('bad', bad, revision(2))];

export const paths = {
  deployments: '/apis/apps/v1/namespaces/shop/deployments',
  deployment: '/apis/apps/v1/namespaces/shop/deployments/api',
  replicaSets: '/apis/apps/v1/namespaces/shop/replicasets',
};

/** The Deployment with so many of its three replicas updated and available. */
export function rollout(pod: PodTemplateJson, updated: number, generation = 5): DeploymentJson {
  const made = deploymentJson(pod, revision(3));
  return {
    ...made,
    metadata: { ...made.metadata, generation, resourceVersion: String(updated) },
    status: {
      observedGeneration: generation,
      replicas: 3,
      updatedReplicas: updated,
      availableReplicas: updated,
    },
  };
}

/** An API server that answers reads of the Deployment, one after the other, and of its ReplicaSets. */
export function rolloutScript(...reads: readonly (DeploymentJson | ApiError)[]): WatchScript {
  const api = new WatchScript();
  api.on(paths.deployment, ...reads);
  for (const _read of reads) api.on(paths.replicaSets, { items: replicaSets });
  return api;
}
