import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { Json, PodTemplateJson } from './json.ts';
import { parseQuantity } from './quantity.ts';

type Kind = 'requests' | 'limits';

/** What one pod counts for in a quota: `requests.cpu` and the like in billionths of a core or byte, as quotas name them. */
export type PodDemand = ReadonlyMap<string, bigint>;

/**
 * What one pod of a template asks for, as the scheduler and quotas count it: its containers and sidecars together, or an
 * init container with the sidecars before it where that is more, plus the overhead (component-helpers, resource/helpers.go:
 * PodRequests). A resource that one container does not name is left out of the limits: there is none then.
 */
export function podDemand({ spec }: PodTemplateJson): PodDemand {
  const demand = new Map<string, bigint>();
  for (const kind of ['requests', 'limits'] as const)
    for (const resource of resourcesOf(spec)) {
      const amount = demandOf(spec, kind, resource);
      if (amount !== undefined) demand.set(`${kind}.${resource}`, amount);
    }
  return demand;
}

function containersOf(spec: PodTemplateJson['spec']): readonly Json<V1Container>[] {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
}

function resourcesOf(spec: PodTemplateJson['spec']): ReadonlySet<string> {
  const named = [spec, ...containersOf(spec)].flatMap((each) => [
    ...Object.keys(each?.resources?.requests ?? {}),
    ...Object.keys(each?.resources?.limits ?? {}),
  ]);
  return new Set(named);
}

function demandOf(spec: Json<V1PodSpec> | undefined, kind: Kind, resource: string): bigint | undefined {
  const overhead = amount(spec?.overhead?.[resource]) ?? 0n;
  // Resources of the whole pod count before those of its containers.
  const whole = own(spec, kind, resource);
  if (whole !== undefined) return whole + overhead;
  const each = (spec?.containers ?? []).map((container) => own(container, kind, resource));
  if (kind === 'limits' && each.includes(undefined)) return undefined;
  if (each.every((one) => one === undefined)) return undefined;
  let sidecars = 0n;
  let initPeak = 0n;
  for (const container of spec?.initContainers ?? []) {
    const one = own(container, kind, resource) ?? 0n;
    if (container.restartPolicy === 'Always') sidecars += one;
    else if (one + sidecars > initPeak) initPeak = one + sidecars;
  }
  const running = each.reduce<bigint>((sum, one) => sum + (one ?? 0n), sidecars);
  return (running > initPeak ? running : initPeak) + overhead;
}

/** A request that is not named is the limit, as the API server sets it. */
function own(
  of: Pick<Json<V1Container>, 'resources'> | undefined,
  kind: Kind,
  resource: string,
): bigint | undefined {
  const limit = amount(of?.resources?.limits?.[resource]);
  return kind === 'limits' ? limit : (amount(of?.resources?.requests?.[resource]) ?? limit);
}

function amount(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : parseQuantity(text);
}
