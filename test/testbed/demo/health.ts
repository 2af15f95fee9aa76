import { createServer, type ServerResponse } from 'node:http';
import type { Cluster } from '../cluster/cluster.ts';
import type { Pod } from '../cluster/kubelet/pod.ts';
import { PodWatch } from '../cluster/kubelet/pod-watch.ts';

export interface HealthOptions {
  readonly namespace: string;
  readonly deployment: string;
  /** Any free port by default. */
  readonly port?: number;
}

export interface HealthServer {
  /** `http://127.0.0.1:port`, without a path. */
  readonly url: string;
  stop(): Promise<void>;
}

const TRACKS = [
  { id: 1842, title: 'Night Bus', artist: 'Ada Okafor' },
  { id: 1843, title: 'Glass Harbour', artist: 'The Quiet Hours' },
];

/**
 * Stands for the public address of a deployment: `/health` and `/api/v1/tracks` answer 200 while at least one of its
 * pods is Ready, and 503 as a load balancer without a backend does otherwise. It follows the cluster live.
 */
export async function startHealthServer(cluster: Cluster, options: HealthOptions): Promise<HealthServer> {
  const serving = new Map<string, Pod>();
  const watch = new PodWatch(
    cluster.client,
    {
      seen: (pod) => (isServing(pod) ? serving.set(pod.metadata.uid, pod) : serving.delete(pod.metadata.uid)),
      gone: (pod) => serving.delete(pod.metadata.uid),
    },
    await podsOf(cluster, options),
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://health');
    const [pod] = serving.values();
    if (pathname !== '/health' && pathname !== '/api/v1/tracks') {
      answer(response, 404, { error: 'not found' });
    } else if (pod === undefined) {
      answer(response, 503, { error: 'no backend is available' });
    } else if (pathname === '/health') {
      answer(response, 200, { status: 'ok', version: imageTag(pod), pods: serving.size });
    } else {
      answer(response, 200, { tracks: TRACKS });
    }
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await watch.start();
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await watch.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** The path that lists the deployment's pods, by its own selector. */
async function podsOf(cluster: Cluster, { namespace, deployment }: HealthOptions): Promise<string> {
  const found = await cluster.client.request(
    'GET',
    `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
  );
  if (found.status !== 200) throw new Error(`deployment ${namespace}/${deployment}: ${found.body}`);
  const { spec }: { spec: { selector: { matchLabels?: Record<string, string> } } } = JSON.parse(found.body);
  const selector = Object.entries(spec.selector.matchLabels ?? {}).map(
    ([label, value]) => `${label}=${value}`,
  );
  return `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(selector.join(','))}`;
}

function isServing(pod: Pod): boolean {
  const ready = pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  return ready === true && pod.metadata.deletionTimestamp === undefined;
}

function imageTag(pod: Pod): string {
  return pod.spec.containers[0]?.image.split(':').at(-1) ?? '';
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
