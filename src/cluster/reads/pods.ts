import type { PodJson } from '../../domain/rollout/json.ts';
import type { ApiServer } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';
import { podQuery, type PodScope } from './metrics.ts';

/** A namespace's pods, whole and raw. Throws ApiError. */
export async function readPods(
  api: ApiServer,
  scope: PodScope,
  signal: AbortSignal,
): Promise<readonly PodJson[]> {
  const path = `/api/v1/namespaces/${encodeURIComponent(scope.namespace)}/pods`;
  const body = await api.get(path, podQuery(scope), { signal, timeoutMs: 30_000 });
  return jsonBody<{ items?: PodJson[] }>(body).items ?? [];
}
