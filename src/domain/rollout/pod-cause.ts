import type { PodProblem, PodRecord } from './records.ts';

/**
 * Why a pod is not Ready, in a few words for people: `crash loop: exit code 1, 4 restarts`,
 * `image cannot be pulled: registry/x:tag`, `ConfigMap "x" not found`. Empty where nothing is known to be wrong.
 */
export function podCause(pod: PodRecord): string {
  const { problem } = pod;
  if (problem === undefined) return '';
  const cause = causeOf(pod, problem);
  return problem.init ? `init container ${problem.container}: ${cause}` : cause;
}

function causeOf(pod: PodRecord, { kind, detail }: PodProblem): string {
  switch (kind) {
    case 'crashLoop':
      return pod.restarts === 0 ? `crashed: ${ending(pod)}` : `crash loop: ${ending(pod)}${restarts(pod)}`;
    case 'outOfMemory':
      return `out of memory (OOMKilled)${restarts(pod)}`;
    case 'imagePull':
      return `image cannot be pulled: ${detail}`;
    case 'configuration':
      return kubernetesNames(detail);
    case 'startError':
      return `cannot start: ${detail}`;
    case 'evicted':
      return withDetail('evicted', detail);
    case 'failed':
      return withDetail('failed', pod.lastTermination ? ending(pod) : detail);
    case 'nodeLost':
      return withDetail('its node is lost', pod.node ?? '');
    case 'unschedulable':
      return withDetail('cannot be scheduled', detail);
    case 'notReady':
      return withDetail('not ready', detail);
  }
}

/** Kinds spelled as Kubernetes spells them: the kubelet writes `configmap "x" not found`. */
export function kubernetesNames(message: string): string {
  return message.replace(/^configmap\b/, 'ConfigMap').replace(/^secret\b/, 'Secret');
}

/** How the last run ended: `exit code 1`. */
export function ending({ lastTermination }: PodRecord): string {
  return lastTermination === undefined ? 'exit code unknown' : `exit code ${lastTermination.exitCode}`;
}

function restarts({ restarts: count }: PodRecord): string {
  if (count === 0) return '';
  return count === 1 ? ', 1 restart' : `, ${count} restarts`;
}

function withDetail(words: string, detail: string): string {
  return detail === '' ? words : `${words}: ${detail}`;
}
