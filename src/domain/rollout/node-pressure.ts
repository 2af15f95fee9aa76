import type { V1Node } from '@kubernetes/client-node';
import { percentOf } from '../usage/pod-usage.ts';
import type { Json } from './json.ts';
import { parseQuantity } from './quantity.ts';

export type NodeJson = Json<V1Node>;

/** A node's usage as metrics.k8s.io/v1beta1 gives it (k8s.io/metrics, NodeMetrics). */
export interface NodeUsageJson {
  readonly usage?: { readonly cpu?: string; readonly memory?: string };
}

/** From here on a node counts as full, in percent of what it can give to pods. */
const fullPercent = 90;

/** Conditions that are bad where they hold. Source: kubernetes.io, "Node conditions". */
const pressures: ReadonlySet<string> = new Set([
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  'NetworkUnavailable',
]);

/** What is wrong with a node, in a few words: `MemoryPressure, memory 94 % used`; empty where nothing is known to be. */
export function nodeTrouble({ spec, status }: NodeJson, usage: NodeUsageJson | undefined): string {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  return [
    ...(ready?.status === 'True'
      ? []
      : [`not ready${ready?.reason === undefined ? '' : ` (${ready.reason})`}`]),
    ...conditions
      .filter(({ type, status: is }) => pressures.has(type) && is === 'True')
      .map(({ type }) => type),
    ...(spec?.unschedulable === true ? ['cordoned: it takes no new pods'] : []),
    ...(['cpu', 'memory'] as const).flatMap((resource) => {
      const used = percentOf(quantity(usage?.usage?.[resource]), quantity(status?.allocatable?.[resource]));
      return used === undefined || used < fullPercent
        ? []
        : [`${resource === 'cpu' ? 'CPU' : resource} ${Math.round(used)} % used`];
    }),
  ].join(', ');
}

function quantity(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : parseQuantity(text);
}
