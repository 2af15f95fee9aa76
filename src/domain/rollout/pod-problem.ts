import type { V1ContainerStatus } from '@kubernetes/client-node';
import type { Json } from './json.ts';
import type { PodPart } from './pod-part.ts';
import { isSidecar } from './pod-state.ts';
import type { PodProblem, PodProblemKind } from './records.ts';
import { waitingForProbe } from './readiness.ts';

type ContainerStatus = Json<V1ContainerStatus>;

/** Reasons of a waiting container that the kubelet gives for errors (pkg/kubelet/images/types.go, kuberuntime). */
const waitingProblems: ReadonlyMap<string, PodProblemKind> = new Map([
  ['ImagePullBackOff', 'imagePull'],
  ['ErrImagePull', 'imagePull'],
  ['ErrImageNeverPull', 'imagePull'],
  ['ImageInspectError', 'imagePull'],
  ['InvalidImageName', 'imagePull'],
  ['RegistryUnavailable', 'imagePull'],
  ['SignatureValidationFailed', 'imagePull'],
  ['CreateContainerConfigError', 'configuration'],
  ['CreateContainerError', 'startError'],
  ['RunContainerError', 'startError'],
  ['PreCreateHookError', 'startError'],
  ['PreStartHookError', 'startError'],
  ['PostStartHookError', 'startError'],
]);

/** Problems that do not pass without help. */
const failingKinds: ReadonlySet<PodProblemKind> = new Set<PodProblemKind>([
  'crashLoop',
  'outOfMemory',
  'imagePull',
  'configuration',
  'startError',
  'evicted',
  'failed',
]);

/** Whether a pod with this problem cannot become Ready without help. */
export function isFailing(problem: PodProblem | undefined): boolean {
  return problem !== undefined && failingKinds.has(problem.kind);
}

/**
 * What keeps a pod from being Ready, undefined where nothing is known to be wrong. A container that runs again after
 * a crash keeps the crash as its problem until it is Ready, so that a crash loop does not flicker between its states
 * Running, Error and CrashLoopBackOff. A pod that is being deleted has no problem: it is meant to end.
 */
export function podProblem(pod: PodPart): PodProblem | undefined {
  const { metadata, status } = pod;
  if (metadata?.deletionTimestamp) return undefined;
  if (status?.phase === 'Succeeded') return undefined;
  if (status?.phase === 'Failed') return endedProblem(pod);
  return containerProblem(pod) ?? placementProblem(pod) ?? waitingForProbe(pod);
}

function endedProblem({ status }: PodPart): PodProblem {
  const detail = status?.message || (status?.reason ?? '');
  const failed = status?.containerStatuses?.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  if (status?.reason === 'Evicted') return { kind: 'evicted', container: undefined, init: false, detail };
  const outOfMemory = failed?.state?.terminated?.reason === 'OOMKilled';
  return { kind: outOfMemory ? 'outOfMemory' : 'failed', container: failed?.name, init: false, detail };
}

function containerProblem(pod: PodPart): PodProblem | undefined {
  for (const container of pod.status?.initContainerStatuses ?? []) {
    const found = problemOf(pod, container, true);
    if (found) return found;
  }
  for (const container of pod.status?.containerStatuses ?? []) {
    const found = problemOf(pod, container, false);
    if (found) return found;
  }
  return undefined;
}

function problemOf(pod: PodPart, container: ContainerStatus, init: boolean): PodProblem | undefined {
  const { name, state } = container;
  const reason = state?.waiting?.reason ?? '';
  const kind = waitingProblems.get(reason);
  if (kind === 'imagePull') return { kind, container: name, init, detail: imageOf(pod, container) };
  if (kind !== undefined) return { kind, container: name, init, detail: state?.waiting?.message || reason };
  if (reason === 'CrashLoopBackOff' || isBetweenCrashes(pod, container, init)) {
    const end = state?.terminated ?? container.lastState?.terminated;
    const outOfMemory = end?.reason === 'OOMKilled';
    return {
      kind: outOfMemory ? 'outOfMemory' : 'crashLoop',
      container: name,
      init,
      detail: end?.message ?? '',
    };
  }
  return undefined;
}

/** The image as the pod asks for it: the status may carry a resolved name, or none. */
function imageOf({ spec }: PodPart, { name, image }: ContainerStatus): string {
  const asked = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].find(
    (container) => container.name === name,
  );
  return asked?.image ?? image ?? '';
}

function isBetweenCrashes({ spec }: PodPart, container: ContainerStatus, init: boolean): boolean {
  const { state, lastState, ready, name } = container;
  const restarted = (container.restartCount ?? 0) > 0;
  if (state?.terminated) {
    if (state.terminated.exitCode !== 0) return true;
    // A program that ends well, again and again, is a crash loop too; an init container is meant to end.
    return restarted && !(init && !isSidecar(spec, name));
  }
  return Boolean(state?.running) && restarted && !ready && Boolean(lastState?.terminated);
}

function placementProblem({ status }: PodPart): PodProblem | undefined {
  if (status?.reason === 'NodeLost') {
    return { kind: 'nodeLost', container: undefined, init: false, detail: status.message ?? '' };
  }
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  return { kind: 'unschedulable', container: undefined, init: false, detail: scheduled.message ?? '' };
}
