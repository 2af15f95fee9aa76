import type { QuotaJson } from '../../domain/rollout/quota.ts';
import type { ApiServer } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';

/** A namespace's ResourceQuotas. Throws ApiError. */
export async function readQuotas(
  api: ApiServer,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly QuotaJson[]> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/resourcequotas`;
  return jsonBody<{ items?: QuotaJson[] }>(await api.get(path, {}, { signal })).items ?? [];
}
