import type { ApiClient } from './api-client.ts';
import { RESOURCE_METRICS_ANNOTATION, resourceMetricsPath } from './kwok/metrics.ts';

export const NODES = ['node-1', 'node-2'] as const;

/** Creates Node objects with hardly more than a name; kwok makes nodes of them. */
export async function createNodes(client: ApiClient): Promise<void> {
  await Promise.all(
    NODES.map(async (name) => {
      const answer = await client.request('POST', '/api/v1/nodes', {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          annotations: { [RESOURCE_METRICS_ANNOTATION]: resourceMetricsPath(name) },
          labels: {
            'kubernetes.io/hostname': name,
            'kubernetes.io/os': 'linux',
            'kubernetes.io/arch': 'amd64',
          },
        },
      });
      if (answer.status !== 201)
        throw new Error(`creating ${name} answered ${answer.status}: ${answer.body}`);
    }),
  );
}
