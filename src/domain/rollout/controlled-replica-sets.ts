import type { DeploymentJson, ReplicaSetJson } from './json.ts';
import { matchesSelector } from './label-selector.ts';
import { controllerUid } from './owner.ts';
import { byText } from './order.ts';
import { equalTemplates } from './template-equality.ts';

/**
 * A Deployment's ReplicaSets out of any of its namespace, in the order in which kubectl goes through them
 * (pkg/util/deployment: GetAllReplicaSets): oldest first, of the same second by name, the one that matches the live
 * template last.
 */
export function controlledReplicaSets(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): readonly ReplicaSetJson[] {
  const oldestFirst = controlledOldestFirst(deployment, replicaSets);
  const current = matchingTemplate(deployment, oldestFirst);
  if (current === undefined) return oldestFirst;
  return [...oldestFirst.filter((replicaSet) => replicaSet !== current), current];
}

/**
 * The ReplicaSet that the controller runs for the live template: the oldest whose template equals it
 * (FindNewReplicaSet), undefined where the controller has not made it yet.
 */
export function currentReplicaSet(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): ReplicaSetJson | undefined {
  return matchingTemplate(deployment, controlledOldestFirst(deployment, replicaSets));
}

function matchingTemplate(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): ReplicaSetJson | undefined {
  return replicaSets.find(({ spec }) => equalTemplates(spec?.template, deployment.spec?.template));
}

function controlledOldestFirst(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): readonly ReplicaSetJson[] {
  const uid = deployment.metadata?.uid;
  if (uid === undefined) return [];
  return replicaSets
    .filter((replicaSet) => controllerUid(replicaSet) === uid)
    .filter(({ metadata }) => matchesSelector(deployment.spec?.selector, metadata?.labels))
    .toSorted((a, b) => byText(createdAt(a), createdAt(b)) || byText(nameOf(a), nameOf(b)));
}

/** The API server writes each time in the same form, in UTC: text sorts as time does. A missing one comes first. */
function createdAt({ metadata }: ReplicaSetJson): string {
  return metadata?.creationTimestamp ?? '';
}

function nameOf({ metadata }: ReplicaSetJson): string {
  return metadata?.name ?? '';
}
