import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import { FILES } from './control-plane.ts';
import { freePorts } from './ports.ts';
import { until } from './ready.ts';
import type { Servers } from './servers.ts';

/**
 * Runs metrics-server and joins it to the API server: a Service that is only another name for loopback, and the
 * APIService that sends metrics.k8s.io there. Resolves when that API is available; usage comes some seconds later.
 */
export async function serveMetrics(
  client: ApiClient,
  servers: Servers,
  file: string,
  folder: string,
): Promise<void> {
  const [port = 0] = await freePorts(1);
  const kubeconfig = join(folder, FILES.metricsServer);
  servers.startFile('metrics-server', file, [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(folder, 'metrics-server')}`,
    '--kubelet-insecure-tls',
    '--kubelet-preferred-address-types=InternalIP',
    '--kubelet-use-node-status-port',
    '--metric-resolution=10s',
    '--kubelet-request-timeout=5s',
  ]);
  for (const [path, object] of joined(port)) {
    const answer = await client.request('POST', path, object);
    if (answer.status !== 201) throw new Error(`joining metrics-server: ${answer.body}`);
  }
  await until('the metrics API', servers, async () => {
    const answer = await client.request('GET', '/apis/metrics.k8s.io/v1beta1/nodes');
    return answer.status === 200;
  });
}

function joined(port: number): [string, object][] {
  const namespace = 'kube-system';
  const name = 'metrics-server';
  return [
    [
      `/api/v1/namespaces/${namespace}/services`,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace },
        spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
      },
    ],
    [
      '/apis/apiregistration.k8s.io/v1/apiservices',
      {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1beta1.metrics.k8s.io' },
        spec: {
          service: { name, namespace, port },
          group: 'metrics.k8s.io',
          version: 'v1beta1',
          insecureSkipTLSVerify: true,
          groupPriorityMinimum: 100,
          versionPriority: 100,
        },
      },
    ],
  ];
}
