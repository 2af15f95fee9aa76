import type { V1ResourceQuota } from '@kubernetes/client-node';
import { usageWords } from '../usage/pod-usage.ts';
import type { Json, PodTemplateJson } from './json.ts';
import { podDemand, type PodDemand } from './pod-demand.ts';
import { parseQuantity } from './quantity.ts';

export type QuotaJson = Json<V1ResourceQuota>;

/** What a rollback would ask a namespace's quotas for. */
export interface RolloutDemand {
  readonly target: PodTemplateJson;
  readonly desired: number;
  /** The Deployment's pods as they are now, which end. */
  readonly present: readonly { readonly template: PodTemplateJson; readonly pods: number }[];
  /** Whether the strategy lets a pod end before a new one is there. */
  readonly mayEndFirst: boolean;
}

/** Each in a sentence; all empty where the quotas admit the pods. */
export interface QuotaVerdict {
  /** More than there is, even when all present pods are gone: not all new pods are created. */
  readonly exceeded: readonly string[];
  /** There is room at the end, but not for one pod more meanwhile. */
  readonly tight: readonly string[];
  readonly unknown: readonly string[];
}

const one = 1_000_000_000n;

/** Whether a namespace's quotas admit the pods of a rollback, from their `hard` and `used` as the controller counted last. */
export function quotaVerdict(quotas: readonly QuotaJson[], demand: RolloutDemand): QuotaVerdict {
  const exceeded: string[] = [];
  const tight: string[] = [];
  const unknown: string[] = [];
  const target = demandOf(demand.target);
  for (const quota of quotas) {
    const name = `ResourceQuota ${quota.metadata?.name ?? ''}`;
    const scope = inScope(quota, target);
    if (scope === 'no') continue;
    for (const [resource, hardText] of Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {})) {
      const key = keyOf(resource);
      if (key === undefined) continue;
      if (scope === 'unknown') {
        unknown.push(`${name} has scopes that are not looked at here.`);
        break;
      }
      const hard = parseQuantity(hardText);
      const used = parseQuantity(quota.status?.used?.[resource] ?? '0');
      const each = target.get(key);
      if (hard === undefined || used === undefined) continue;
      if (each === undefined) {
        unknown.push(`${name} counts ${resource}, and its containers do not all name it: a LimitRange may.`);
        continue;
      }
      const freed = demand.present.reduce(
        (sum, { template, pods }) => sum + (demandOf(template).get(key) ?? 0n) * BigInt(pods),
        0n,
      );
      const others = used > freed ? used - freed : 0n;
      const atLast = others + each * BigInt(demand.desired);
      if (atLast > hard)
        exceeded.push(
          `${name} admits ${words(key, hard)} of ${resource}; with its ${demand.desired} pods it would be ${words(key, atLast)}.`,
        );
      else if (!demand.mayEndFirst && used + each > hard)
        tight.push(
          `${name} has room for no pod more (${resource}: ${words(key, used)} of ${words(key, hard)} used), and the strategy ends none before a new one is ready: pods that fail are ended first, others are not.`,
        );
    }
  }
  return { exceeded, tight, unknown };
}

function demandOf(template: PodTemplateJson): PodDemand {
  return new Map([...podDemand(template), ['pods', one]]);
}

/** As `podDemand` names it; undefined for what pods do not count for. Source: kubernetes.io, "Resource quotas". */
function keyOf(resource: string): string | undefined {
  if (resource === 'pods' || resource === 'count/pods') return 'pods';
  if (/^(requests|limits)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(resource)) return resource;
  return resource === 'cpu' || resource === 'memory' ? `requests.${resource}` : undefined;
}

function inScope({ spec }: QuotaJson, target: PodDemand): 'yes' | 'no' | 'unknown' {
  const bestEffort = [...target.keys()].every((key) => key === 'pods');
  for (const scope of spec?.scopes ?? []) {
    if (scope === 'Terminating') return 'no';
    if (scope === 'BestEffort' && !bestEffort) return 'no';
    if (scope === 'NotBestEffort' && bestEffort) return 'no';
    if (!['NotTerminating', 'BestEffort', 'NotBestEffort'].includes(scope)) return 'unknown';
  }
  return spec?.scopeSelector === undefined ? 'yes' : 'unknown';
}

function words(key: string, amount: bigint): string {
  if (key === 'pods') return String(amount / one);
  return usageWords(key.endsWith('.cpu') ? 'cpu' : 'memory', amount);
}
