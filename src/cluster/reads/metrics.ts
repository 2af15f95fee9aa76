import type { PodMetricsJson } from '../../domain/usage/pod-usage.ts';
import type { ApiServer } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';

/** Which of a namespace's pods: all where neither is given. */
export interface PodScope {
  readonly namespace: string;
  /** In the query's spelling. */
  readonly labelSelector?: string;
  readonly podName?: string;
}

/** The query for a list of these pods. */
export function podQuery({ labelSelector, podName }: PodScope): Record<string, string> {
  return {
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(podName === undefined ? {} : { fieldSelector: `metadata.name=${podName}` }),
  };
}

/**
 * What pods use, as metrics-server measured it last. Throws ApiError: 'notFound' where the cluster has no metrics API,
 * 'serverError' with status 503 where what stands behind it does not answer.
 */
export async function readPodMetrics(
  api: ApiServer,
  scope: PodScope,
  signal: AbortSignal,
): Promise<readonly PodMetricsJson[]> {
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${encodeURIComponent(scope.namespace)}/pods`;
  const body = await api.get(path, podQuery(scope), { signal });
  const items = jsonBody<{ items?: PodMetricsJson[] }>(body).items ?? [];
  // An old metrics-server does not know field selectors.
  return scope.podName === undefined
    ? items
    : items.filter(({ metadata }) => metadata?.name === scope.podName);
}
