import type { Json, PodJson } from '../rollout/json.ts';
import { podState } from '../rollout/pod-state.ts';
import { parseQuantity } from '../rollout/quantity.ts';
import type { V1Container, V1ResourceRequirements } from '@kubernetes/client-node';

/** A pod's usage as metrics.k8s.io/v1beta1 gives it (k8s.io/metrics, PodMetrics). */
export interface PodMetricsJson {
  readonly metadata?: { readonly name?: string };
  /** RFC 3339, the end of the time that was measured; `window` is its length as a Go duration. */
  readonly timestamp?: string;
  readonly window?: string;
  readonly containers?: readonly {
    readonly name: string;
    readonly usage?: { readonly cpu?: string; readonly memory?: string };
  }[];
}

/** One resource of a container or pod, in billionths of a core or byte; undefined where nothing is said. */
export interface Amount {
  readonly used: bigint | undefined;
  readonly request: bigint | undefined;
  readonly limit: bigint | undefined;
}

export interface Usage {
  readonly name: string;
  readonly cpu: Amount;
  readonly memory: Amount;
}

/** What a pod uses of what it asked for; its own name is that of the sum over its containers. */
export interface PodUsage extends Usage {
  readonly containers: readonly Usage[];
  /** RFC 3339; undefined where it has not been measured. */
  readonly sampledAt: string | undefined;
  /** The word of `kubectl get pods`; undefined where the pod itself could not be read. */
  readonly state: string | undefined;
  /** RFC 3339: since when the container runs that started last, undefined where none runs. */
  readonly runningSince: string | undefined;
}

type Resource = 'cpu' | 'memory';

/** Joins measurements with pods by name, in the order of names. Either side may lack what the other has. */
export function podUsages(pods: readonly PodJson[], metrics: readonly PodMetricsJson[]): readonly PodUsage[] {
  const measured = new Map(metrics.map((one) => [one.metadata?.name ?? '', one]));
  const known = new Map(pods.map((pod) => [pod.metadata?.name ?? '', pod]));
  const names = [...new Set([...known.keys(), ...measured.keys()])].toSorted();
  return names.map((name) => podUsage(name, known.get(name), measured.get(name)));
}

function podUsage(name: string, pod: PodJson | undefined, metrics: PodMetricsJson | undefined): PodUsage {
  const specs = runningSpecs(pod);
  const used = new Map(metrics?.containers?.map((one) => [one.name, one.usage]));
  const containers = [...new Set([...specs.keys(), ...used.keys()])].map((container): Usage => {
    const amount = (resource: Resource) =>
      amountOf(resource, specs.get(container)?.resources, used.get(container)?.[resource]);
    return { name: container, cpu: amount('cpu'), memory: amount('memory') };
  });
  const own = pod?.spec?.resources;
  const whole = (resource: Resource): Amount => {
    const amounts = containers.map((one) => one[resource]);
    const limits = amounts.map(({ limit }) => limit);
    return {
      used: sum(amounts.map((amount) => amount.used)),
      // Resources of the whole pod count before those of its containers.
      request: quantity(own?.requests?.[resource]) ?? sum(amounts.map(({ request }) => request)),
      // One container without a limit can use as much as it gets.
      limit: quantity(own?.limits?.[resource]) ?? (limits.includes(undefined) ? undefined : sum(limits)),
    };
  };
  const starts = (pod?.status?.containerStatuses ?? []).flatMap(
    ({ state }) => state?.running?.startedAt ?? [],
  );
  return {
    name,
    cpu: whole('cpu'),
    memory: whole('memory'),
    containers,
    sampledAt: metrics?.timestamp,
    state: pod && podState(pod).state,
    runningSince: starts.toSorted().at(-1),
  };
}

/** The containers that run as long as the pod does: sidecars, then its own. */
function runningSpecs(pod: PodJson | undefined): ReadonlyMap<string, Json<V1Container>> {
  const sidecars = (pod?.spec?.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return new Map([...sidecars, ...(pod?.spec?.containers ?? [])].map((one) => [one.name, one]));
}

function amountOf(
  resource: Resource,
  resources: Json<V1ResourceRequirements> | undefined,
  used: string | undefined,
): Amount {
  return {
    used: quantity(used),
    request: quantity(resources?.requests?.[resource]),
    limit: quantity(resources?.limits?.[resource]),
  };
}

function quantity(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : parseQuantity(text);
}

function sum(amounts: readonly (bigint | undefined)[]): bigint | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, amount) => total + amount, 0n);
}

/** All pods together, for the last line of a table. */
export function totalUsage(pods: readonly PodUsage[]): Usage {
  const total = (resource: Resource): Amount => ({
    used: sum(pods.map((pod) => pod[resource].used)),
    request: sum(pods.map((pod) => pod[resource].request)),
    limit: pods.some((pod) => pod[resource].limit === undefined)
      ? undefined
      : sum(pods.map((pod) => pod[resource].limit)),
  });
  return { name: 'all', cpu: total('cpu'), memory: total('memory') };
}

const milli = 1_000_000n;
const unit = 1_000_000_000n;
const mebi = 1024n * 1024n;

/**
 * A usage as `kubectl top` prints it (pkg/metricsutil/metrics_printer.go): `180m` of CPU, rounded up; `212Mi` of memory,
 * rounded down.
 */
export function usageWords(resource: Resource, billionths: bigint): string {
  if (resource === 'cpu') return `${(billionths + milli - 1n) / milli}m`;
  return `${(billionths + unit - 1n) / unit / mebi}Mi`;
}

/** How much of a whole is used, in whole percent; undefined where either is not known or the whole is 0. */
export function percentOf(used: bigint | undefined, whole: bigint | undefined): number | undefined {
  if (used === undefined || whole === undefined || whole === 0n) return undefined;
  return Number((used * 1000n) / whole) / 10;
}
