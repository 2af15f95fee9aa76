import type { V1ResourceRequirements } from '@kubernetes/client-node';
import type { DeploymentJson, Json } from './json.ts';

/** A Deployment's live state in lines, as `kubectl describe` has it: replicas, conditions, and each container's image and resources. */
export function liveWords({ metadata, spec, status }: DeploymentJson): readonly string[] {
  const desired = spec?.replicas ?? 1;
  const { generation = 0 } = metadata ?? {};
  const observed = status?.observedGeneration ?? 0;
  const counts = [
    `${desired} desired`,
    `${status?.updatedReplicas ?? 0} updated`,
    `${status?.replicas ?? 0} there`,
    `${status?.readyReplicas ?? 0} ready`,
    `${status?.availableReplicas ?? 0} available`,
  ];
  return [
    `Replicas: ${counts.join(', ')}${spec?.paused === true ? '; paused' : ''}`,
    ...(observed < generation
      ? [`The controller has not seen generation ${generation} yet, only ${observed}`]
      : []),
    ...(status?.conditions ?? []).map(
      ({ type, status: is, reason, message }) =>
        `${type} is ${is}${reason === undefined ? '' : ` (${reason})`}${message ? `: ${message}` : ''}`,
    ),
    ...[...(spec?.template?.spec?.initContainers ?? []), ...(spec?.template?.spec?.containers ?? [])].map(
      ({ name, image, resources }) =>
        `Container ${name}: image ${image ?? 'none'}, ${resourceWords(resources)}`,
    ),
  ];
}

/** `requests cpu 100m, memory 128Mi; limits none`. */
function resourceWords(resources: Json<V1ResourceRequirements> | undefined): string {
  const list = (amounts: Readonly<Record<string, string>> | undefined) => {
    const words = Object.entries(amounts ?? {}).map(([resource, amount]) => `${resource} ${amount}`);
    return words.length === 0 ? 'none' : words.join(', ');
  };
  return `requests ${list(resources?.requests)}; limits ${list(resources?.limits)}`;
}
