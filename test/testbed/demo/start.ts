import type { Cluster } from '../cluster/cluster.ts';
import { startCluster } from '../cluster/start.ts';
import { BACKEND_API, DEMO_NAMESPACE } from './deployments.ts';
import { startHealthServer, type HealthServer } from './health.ts';
import { seedDemo } from './seed.ts';

/** The demo: a cluster with `veza-production` in it, and its public address. */
export interface Demo {
  readonly cluster: Cluster;
  readonly health: HealthServer;
  /** User settings that lead the extension to both. */
  readonly settings: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Starts the demo, telling `log` what takes long. Rejects with nothing left running. */
export async function startDemo(log: (line: string) => void = () => {}): Promise<Demo> {
  const cluster = await startCluster({ log });
  try {
    log('Seeding the namespace veza-production');
    await seedDemo(cluster);
    const { name } = BACKEND_API;
    const health = await startHealthServer(cluster, { namespace: DEMO_NAMESPACE, deployment: name });
    return {
      cluster,
      health,
      settings: {
        'kubernetesRollback.kubeconfig': cluster.kubeconfig,
        'kubernetesRollback.endpoints': [
          {
            deployment: `${DEMO_NAMESPACE}/${name}`,
            health: `${health.url}/health`,
            critical: [`${health.url}/api/v1/tracks`],
          },
        ],
      },
      async stop() {
        await health.stop();
        await cluster.stop();
      },
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
