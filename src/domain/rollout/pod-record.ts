import type { V1ContainerStateTerminated, V1ContainerStatus } from '@kubernetes/client-node';
import type { Json } from './json.ts';
import { controllerUid } from './owner.ts';
import { isFailing, podProblem } from './pod-problem.ts';
import type { PodPart } from './pod-part.ts';
import { isTerminalPhase, podState } from './pod-state.ts';
import type { LastTermination, PodProblem, PodRecord } from './records.ts';

type ContainerStatus = Json<V1ContainerStatus>;

/** What the store keeps of a Pod. */
export function podRecord(json: PodPart): PodRecord {
  const { metadata, spec, status } = json;
  const { state, restarts } = podState(json);
  const problem = podProblem(json);
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return {
    uid: metadata?.uid ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    ownerUid: controllerUid(json),
    state,
    message: messageOf(json, problem),
    failing: isFailing(problem),
    problem,
    finished: isTerminalPhase(status?.phase),
    ready: status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True',
    terminating: Boolean(metadata?.deletionTimestamp),
    restarts,
    lastTermination: lastTermination(json, problem),
    containers: containers.map(({ name }) => name),
    node: spec?.nodeName,
    createdAt: metadata?.creationTimestamp ?? '',
  };
}

function allStatuses({ status }: PodPart): readonly ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

/** The sentence of the container with the problem, else of the pod, else of the first container that has one. */
function messageOf(pod: PodPart, problem: PodProblem | undefined): string | undefined {
  const sentence = ({ state }: ContainerStatus): string | undefined =>
    state?.waiting?.message || state?.terminated?.message || undefined;
  const statuses = allStatuses(pod);
  const atFault = statuses.find(({ name }) => name === problem?.container);
  const ofPod = pod.status?.message || undefined;
  const ofAny = statuses.map(sentence).find((text) => text !== undefined);
  const ofProblem = problem?.kind === 'unschedulable' ? problem.detail : undefined;
  return (atFault && sentence(atFault)) ?? ofPod ?? ofProblem ?? ofAny;
}

/** The end of the container with the problem, else the latest end of any; an init container that did its work is none. */
function lastTermination(pod: PodPart, problem: PodProblem | undefined): LastTermination | undefined {
  const ends = [
    ...(pod.status?.initContainerStatuses ?? []).flatMap((status) => endOf(status, true)),
    ...(pod.status?.containerStatuses ?? []).flatMap((status) => endOf(status, false)),
  ];
  const atFault = ends.find(({ container }) => container === problem?.container);
  if (atFault) return atFault;
  return ends.reduce<LastTermination | undefined>(
    (latest, end) => (latest === undefined || end.finishedAt > latest.finishedAt ? end : latest),
    undefined,
  );
}

function endOf({ name, state, lastState }: ContainerStatus, init: boolean): LastTermination[] {
  const now = state?.terminated;
  const end = now && !(init && now.exitCode === 0) ? now : lastState?.terminated;
  return end ? [termination(name, end)] : [];
}

function termination(container: string, end: Json<V1ContainerStateTerminated>): LastTermination {
  return {
    container,
    reason: end.reason ?? '',
    exitCode: end.exitCode ?? 0,
    finishedAt: end.finishedAt ?? '',
  };
}
