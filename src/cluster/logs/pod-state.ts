import type { LogSource } from '../../domain/logs/line.ts';
import type { ApiServer } from '../api-server.ts';

/** What a container does at present, as far as its log is concerned. */
export type ContainerRun =
  | { readonly kind: 'running' }
  /** It has run and ended. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'notStarted'; readonly message: string }
  /** The pod of this uid is no longer there. */
  | { readonly kind: 'gone' };

export interface ContainerSight {
  readonly run: ContainerRun;
  /** When the run before the present one ended, RFC 3339 in whole seconds. */
  readonly previousFinishedAt: string | undefined;
  /** How often the container was started again: it tells one run from another. */
  readonly restarts: number;
}

interface ContainerStatus {
  readonly name?: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly running?: object;
    readonly terminated?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
  };
  readonly lastState?: { readonly terminated?: { readonly finishedAt?: string } };
}

/** The API's Pod, as far as it is read here; every field may be missing. */
interface Pod {
  readonly metadata?: { readonly uid?: string };
  readonly status?: {
    readonly phase?: string;
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** The path of the pod that `source` names. */
export function podPath(source: LogSource): string {
  return `/api/v1/namespaces/${encodeURIComponent(source.namespace)}/pods/${encodeURIComponent(source.pod)}`;
}

/** Looks at the container once. Throws ApiError, `notFound` where no pod has the name. */
export async function seeContainer(
  api: ApiServer,
  source: LogSource,
  signal: AbortSignal,
): Promise<ContainerSight> {
  // The boundary: the API server's answer to a GET of a pod is a Pod.
  const pod = JSON.parse(await api.get(podPath(source), {}, { signal })) as Pod;
  if (pod.metadata?.uid !== source.podUid)
    return { run: { kind: 'gone' }, previousFinishedAt: undefined, restarts: 0 };
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const status = statuses.find(({ name }) => name === source.container);
  const previousFinishedAt = status?.lastState?.terminated?.finishedAt;
  const restarts = status?.restartCount ?? 0;
  return { run: runOf(status, pod.status?.phase), previousFinishedAt, restarts };
}

function runOf(status: ContainerStatus | undefined, phase = 'Pending'): ContainerRun {
  const state = status?.state;
  if (state?.running) return { kind: 'running' };
  if (state?.terminated || status?.lastState?.terminated) return { kind: 'ended' };
  // An evicted pod has no container statuses.
  if (phase === 'Succeeded' || phase === 'Failed') return { kind: 'ended' };
  const reason = state?.waiting?.message ?? state?.waiting?.reason ?? phase;
  return { kind: 'notStarted', message: `${source(status)} has not started: ${reason}` };
}

function source(status: ContainerStatus | undefined): string {
  return status?.name === undefined ? 'The container' : `Container ${status.name}`;
}
