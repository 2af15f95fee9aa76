import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from '../cluster/certificates.ts';
import { kubeconfigText } from '../cluster/kubeconfig.ts';
import type { Kind, Size } from './catalog.ts';
import type { Order, ServeOptions } from './serve.ts';

/** How much there is, each with a default: 5,000 deployments with 4 ReplicaSets and 10 pods each, in 50 namespaces. */
export interface GeneratedOptions extends Partial<Size> {
  /** The same seed gives the same changes; 1 by default. */
  readonly seed?: number;
  /** Speaks TLS and plain HTTP otherwise, which is faster to start and to read. */
  readonly tls?: boolean;
  /** The name of the kubeconfig's context; `generated` by default. */
  readonly contextName?: string;
}

/** An API server with as many objects as wished for, which can be looked at and change by themselves, not by requests. */
export interface GeneratedCluster {
  /** `http://127.0.0.1:port`, or `https:`. */
  readonly server: string;
  /** The file of a kubeconfig for it. */
  readonly kubeconfig: string;
  readonly pid: number;
  /** So many objects change each second from now on, mostly pods; 0 for none, as in the beginning. */
  changesPerSecond(rate: number): void;
  /** So many objects change at once, of one kind or, mostly pods, of all. */
  change(count: number, kind?: Kind): void;
  stop(): Promise<void>;
}

/** Starts the cluster in a process of its own, which ends with this one; ready in a tenth of a second, more with TLS. */
export async function startGeneratedCluster(options: GeneratedOptions = {}): Promise<GeneratedCluster> {
  const { tls = false, contextName = 'generated' } = options;
  const certificates = tls ? await makeCertificates() : undefined;
  const serve: ServeOptions = {
    deployments: options.deployments ?? 5_000,
    replicaSetsPerDeployment: options.replicaSetsPerDeployment ?? 4,
    podsPerDeployment: options.podsPerDeployment ?? 10,
    namespaces: options.namespaces ?? 50,
    seed: options.seed ?? 1,
    tls: certificates?.server,
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), JSON.stringify(serve)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (told: { readonly port: number }) => resolve(told.port));
    child.once('exit', (code) => reject(new Error(`the generated cluster ended with code ${code}`)));
  });
  const server = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'generated-cluster-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(
    kubeconfig,
    certificates === undefined
      ? plainKubeconfig(server, contextName)
      : kubeconfigText({
          server,
          authority: certificates.authority,
          identity: certificates.client('admin', 'system:masters'),
          user: 'admin',
          context: contextName,
        }),
  );
  const order = (what: Order): void => void child.send(what);
  return {
    server,
    kubeconfig,
    pid: child.pid ?? 0,
    changesPerSecond: (perSecond) => order({ perSecond }),
    change: (count, kind) => order({ change: count, kind }),
    async stop() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function plainKubeconfig(server: string, context: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    // The client library wants this said for plain HTTP.
    clusters: [{ name: context, cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token: 'generated' } }],
    contexts: [{ name: context, context: { cluster: context, user: 'admin' } }],
  });
}
