import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { BACKEND_API, DEMO_NAMESPACE } from '../../demo/deployments.ts';
import { startHealthServer } from '../../demo/health.ts';
import { seedDemo } from '../../demo/seed.ts';
import type { Cluster } from '../cluster.ts';
import { startCluster } from '../start.ts';
import { keeperSocket, type KeptCluster } from './state.ts';

export interface KeepOptions {
  /** Tells this cluster from others that are kept on this machine. */
  readonly name: string;
  readonly demo: boolean;
  readonly metrics: boolean;
  readonly log: (line: string) => void;
}

/**
 * Starts a cluster in this process and holds it until somebody asks for its end, or a signal comes. Resolves when it
 * is ready, with where it is; the process then lives on by its sockets.
 */
export async function keep(options: KeepOptions): Promise<KeptCluster> {
  const { metrics, log } = options;
  const cluster = await startCluster({ metrics, log });
  try {
    const health = options.demo ? await demo(cluster, log) : undefined;
    const { kubeconfig, server, programs, folder } = cluster;
    const kept: KeptCluster = {
      kubeconfig,
      server,
      programs,
      folder,
      pid: process.pid,
      ...(health === undefined ? {} : { health: health.url }),
    };
    const end = async (): Promise<void> => {
      await health?.stop();
      await cluster.stop();
    };
    const listening = await listen(options.name, kept, end);
    const leave = async (): Promise<void> => {
      listening.close();
      await end();
      process.exit(0);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void leave());
    return kept;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function demo(
  cluster: Cluster,
  log: (line: string) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  log(`Filling namespace ${DEMO_NAMESPACE}`);
  await seedDemo(cluster);
  return startHealthServer(cluster, { namespace: DEMO_NAMESPACE, deployment: BACKEND_API.name });
}

async function listen(name: string, kept: KeptCluster, end: () => Promise<void>): Promise<Server> {
  const path = keeperSocket(name);
  if (process.platform !== 'win32') await rm(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    void (async () => {
      const down = (await text(socket)) === 'down';
      if (down) {
        server.close();
        await end();
      }
      socket.end(JSON.stringify(kept), () => {
        if (down) process.exit(0);
      });
    })();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return server;
}
