/** What the played kubelet reads of a Pod; the API server's JSON holds more. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface Container {
  readonly name: string;
  readonly image: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: { readonly exitCode: number };
}

/** The namespace and name as one key. */
export function podKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Which fault the pod was asked to show; the same rule as kwok's Stages have. Empty for none. */
export function faultOf(pod: Pod): string {
  const asked = pod.metadata.annotations?.['testbed/fault'];
  return asked ?? /-([a-z]+)$/.exec(pod.spec.containers[0]?.image ?? '')?.[1] ?? '';
}
