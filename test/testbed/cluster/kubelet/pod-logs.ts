import { ContainerLog } from './container-log.ts';
import { type Container, type ContainerStatus, type Pod, podKey } from './pod.ts';
import type { PodListener } from './pod-watch.ts';
import { behaviourOf } from './stories.ts';

/** One run of a container, by its restart count. */
interface Run {
  readonly restartCount: number;
  readonly log: ContainerLog;
  lastWords(at: number): string[];
}

interface KnownPod {
  pod: Pod;
  readonly runs: Map<string, { current?: Run; previous?: Run }>;
}

/** Milliseconds that a run lasted which ended before it was seen. */
const ENDED_UNSEEN = 1_000;

/** What came of asking for a log: the log, or why there is none, in the kubelet's words. */
export type FoundLog = { readonly log: ContainerLog } | { readonly problem: string; readonly status: number };

/** The logs of all pods, begun, ended and turned into previous ones as the pods' statuses say. */
export class PodLogStore implements PodListener {
  readonly #pods = new Map<string, KnownPod>();
  /** Lines for containers that do not run yet. */
  readonly #early = new Map<string, string[]>();

  seen(pod: Pod): void {
    const key = podKey(pod.metadata.namespace, pod.metadata.name);
    const known = this.#pods.get(key);
    if (known !== undefined && known.pod.metadata.uid !== pod.metadata.uid) this.gone(known.pod);
    const kept: KnownPod = this.#pods.get(key) ?? { pod, runs: new Map() };
    kept.pod = pod;
    this.#pods.set(key, kept);
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
    for (const status of [...initContainerStatuses, ...containerStatuses]) this.#follow(kept, status);
    const ending = pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === 'Failed';
    if (ending) finishAll(kept);
  }

  gone(pod: Pod): void {
    const key = podKey(pod.metadata.namespace, pod.metadata.name);
    const known = this.#pods.get(key);
    if (known === undefined || known.pod.metadata.uid !== pod.metadata.uid) return;
    this.#pods.delete(key);
    finishAll(known);
  }

  append(namespace: string, name: string, container: string, lines: readonly string[]): void {
    const run = this.#pods.get(podKey(namespace, name))?.runs.get(container)?.current;
    if (run !== undefined && !run.log.ended) {
      run.log.append(lines, Date.now());
      return;
    }
    const key = `${podKey(namespace, name)}/${container}`;
    this.#early.set(key, [...(this.#early.get(key) ?? []), ...lines]);
  }

  /** As when the log of the container's present run has reached its greatest size. */
  rotate(namespace: string, name: string, container: string): void {
    this.#pods.get(podKey(namespace, name))?.runs.get(container)?.current?.log.rotate(Date.now());
  }

  /** The log that the kubelet would give (kubelet.go, validateContainerLogStatus). */
  find(namespace: string, name: string, container: string, previous: boolean): FoundLog {
    const known = this.#pods.get(podKey(namespace, name));
    if (known === undefined) return { status: 404, problem: `pod "${name}" does not exist` };
    const where = `container "${container}" in pod "${name}"`;
    const status = statusOf(known.pod, container);
    if (status === undefined) return { status: 400, problem: `${where} is not available` };
    const runs = known.runs.get(container) ?? {};
    if (previous) {
      // A container that waits to be restarted is its last run's log without `previous` already.
      const run = status.state?.waiting === undefined ? runs.previous : runs.current;
      if (status.lastState?.terminated !== undefined && run !== undefined) return { log: run.log };
      return { status: 400, problem: `previous terminated ${where} not found` };
    }
    if (runs.current !== undefined) return { log: runs.current.log };
    return { status: 400, problem: `${where} is waiting to start: ${waitingFor(status)}` };
  }

  #follow(known: KnownPod, status: ContainerStatus): void {
    const container = containerOf(known.pod, status.name);
    if (container === undefined) return;
    const { state } = status;
    const runs = known.runs.get(status.name) ?? {};
    known.runs.set(status.name, runs);
    const ran = state?.running !== undefined || state?.terminated !== undefined || status.restartCount > 0;
    if (ran && runs.current?.restartCount !== status.restartCount) {
      const before = runs.current;
      if (before !== undefined) finish(before);
      runs.current = this.#begin(known.pod, container, status);
      if (before !== undefined) runs.previous = before;
    }
    if (runs.current !== undefined && state?.running === undefined) finish(runs.current);
  }

  #begin(pod: Pod, container: Container, { state, restartCount }: ContainerStatus): Run {
    // A run that was over before we saw it had its time to write.
    const begun = Date.now() - (state?.running === undefined ? ENDED_UNSEEN : 0);
    const { story, lastWords } = behaviourOf(pod, container, begun);
    const log = new ContainerLog(story, begun);
    const key = `${podKey(pod.metadata.namespace, pod.metadata.name)}/${container.name}`;
    const early = this.#early.get(key);
    if (early !== undefined) log.append(early, Date.now());
    this.#early.delete(key);
    return { restartCount, log, lastWords };
  }
}

/** Whatever of the pod still runs is told to stop. */
function finishAll(known: KnownPod): void {
  for (const { current } of known.runs.values()) if (current !== undefined) finish(current);
}

function finish(run: Run): void {
  const now = Date.now();
  run.log.finish(run.lastWords(now), now);
}

function waitingFor(status: ContainerStatus): string {
  const reason = status.state?.waiting?.reason ?? 'no logs yet';
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

function statusOf(pod: Pod, container: string): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  return [...containerStatuses, ...initContainerStatuses].find(({ name }) => name === container);
}

function containerOf(pod: Pod, name: string): Container | undefined {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find((one) => one.name === name);
}
