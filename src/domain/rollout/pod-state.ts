import type { V1ContainerState, V1ContainerStatus } from '@kubernetes/client-node';
import type { Json } from './json.ts';
import type { PodPart } from './pod-part.ts';

type ContainerStatus = Json<V1ContainerStatus>;

/** What `kubectl get pods` prints of a pod in the columns STATUS and RESTARTS. */
export interface PodState {
  readonly state: string;
  readonly restarts: number;
}

/**
 * The STATUS word and the restart count of `kubectl get pods`, by the same steps as the API server's table printer
 * (pkg/printers/internalversion/printers.go: printPod).
 */
export function podState(pod: PodPart): PodState {
  const init = initPhase(pod);
  const initialized = pod.status?.conditions?.find(({ type }) => type === 'Initialized')?.status === 'True';
  const beforeContainers = init.word ?? phaseWord(pod);
  const main = init.word === undefined || initialized ? mainPhase(pod, beforeContainers) : undefined;
  return {
    state: deletionWord(pod) ?? main?.word ?? beforeContainers,
    restarts: main === undefined ? init.restarts : init.sidecarRestarts + main.restarts,
  };
}

/** Whether an init container is a sidecar: it starts before the others and runs as long as they do. */
export function isSidecar(spec: PodPart['spec'], name: string): boolean {
  return spec?.initContainers?.find((container) => container.name === name)?.restartPolicy === 'Always';
}

function phaseWord({ status }: PodPart): string {
  const gated = status?.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : status?.reason || (status?.phase ?? '');
}

interface InitPhase {
  /** The word of the init container that holds the pod back, undefined where none does. */
  readonly word: string | undefined;
  /** Restarts of the init containers up to that one, and of the sidecars among them. */
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

function initPhase({ spec, status }: PodPart): InitPhase {
  const total = spec?.initContainers?.length ?? 0;
  let restarts = 0;
  let sidecarRestarts = 0;
  for (const [index, container] of (status?.initContainerStatuses ?? []).entries()) {
    const sidecar = isSidecar(spec, container.name);
    restarts += container.restartCount ?? 0;
    if (sidecar) sidecarRestarts += container.restartCount ?? 0;
    if (container.state?.terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) continue;
    return { word: initWord(container.state, index, total), restarts, sidecarRestarts };
  }
  return { word: undefined, restarts, sidecarRestarts };
}

function initWord(state: Json<V1ContainerState> | undefined, index: number, total: number): string {
  if (state?.terminated) return `Init:${terminatedWord(state.terminated)}`;
  const waiting = state?.waiting?.reason;
  return waiting && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${index}/${total}`;
}

/** From the last container to the first, so that the first container's word wins, as in the table. */
function mainPhase(
  { status }: PodPart,
  before: string,
): { readonly word: string; readonly restarts: number } {
  let word = before;
  let error = '';
  let running = false;
  let restarts = 0;
  for (const container of (status?.containerStatuses ?? []).toReversed()) {
    const { waiting, terminated } = container.state ?? {};
    restarts += container.restartCount ?? 0;
    if (waiting?.reason) word = waiting.reason;
    else if (terminated) {
      word = terminatedWord(terminated);
      if (terminated.exitCode !== 0) error = word;
    } else if (isRunningAndReady(container)) running = true;
  }
  if (word !== 'Completed') return { word, restarts };
  const ready = status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  if (running && ready) return { word: 'Running', restarts };
  return { word: error || (running ? 'NotReady' : word), restarts };
}

function isRunningAndReady({ ready, state }: ContainerStatus): boolean {
  return ready && Boolean(state?.running);
}

function terminatedWord(terminated: Json<NonNullable<V1ContainerState['terminated']>>): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
}

function deletionWord({ metadata, status }: PodPart): string | undefined {
  if (!metadata?.deletionTimestamp) return undefined;
  if (status?.reason === 'NodeLost') return 'Unknown';
  return isTerminalPhase(status?.phase) ? undefined : 'Terminating';
}

/** Whether a pod in this phase has ended for good: its containers will not start again. */
export function isTerminalPhase(phase: string | undefined): boolean {
  return phase === 'Failed' || phase === 'Succeeded';
}
