import type { NodeJson, NodeUsageJson } from '../../domain/rollout/node-pressure.ts';
import type { ApiServer } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';

/** A node as it is now. Throws ApiError. */
export async function readNode(api: ApiServer, name: string, signal: AbortSignal): Promise<NodeJson> {
  return jsonBody<NodeJson>(await api.get(`/api/v1/nodes/${encodeURIComponent(name)}`, {}, { signal }));
}

/** What is used of a node, as `kubectl top nodes` has it. Throws ApiError, 'notFound' without a metrics API. */
export async function readNodeUsage(
  api: ApiServer,
  name: string,
  signal: AbortSignal,
): Promise<NodeUsageJson> {
  const path = `/apis/metrics.k8s.io/v1beta1/nodes/${encodeURIComponent(name)}`;
  return jsonBody<NodeUsageJson>(await api.get(path, {}, { signal }));
}
