import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiClient } from './api-client.ts';
import { AuditLog, auditedSoFar } from './audit.ts';
import { buildClusterBinary, buildMetricsServer } from './binary/build.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import type { Cluster, ClusterOptions } from './cluster.ts';
import { FILES, type Ports } from './control-plane.ts';
import { clusterFolder } from './folder.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { endOfKubectl, runKubectl } from './kubectl.ts';
import { startKubelet } from './kubelet/kubelet.ts';
import { PodLogStore } from './kubelet/pod-logs.ts';
import { PodWatch } from './kubelet/pod-watch.ts';
import { serveMetrics } from './metrics.ts';
import { createNodes } from './nodes.ts';
import { freePorts } from './ports.ts';
import { untilPodsCanRun, untilReady } from './ready.ts';
import { Servers } from './servers.ts';
import { writeFiles } from './write-files.ts';

/**
 * Starts a cluster with ports, certificates and a folder of its own, building its programs first when they never
 * were. Resolves when pods can run. Rejects with the last lines of the program that failed; nothing is left running
 * then, nor when this process ends, in whatever way.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const building = options.log === undefined ? {} : { onProgress: options.log };
  const programs = await buildClusterBinary(building);
  const metricsServer = options.metrics === true ? await buildMetricsServer(building) : undefined;
  const [folder, certificates, ports] = await Promise.all([
    clusterFolder(options.folder),
    makeCertificates(),
    ownPorts(),
  ]);
  await writeFiles(folder, certificates, ports, {
    kubeletPort: ports.kubelet,
    metrics: metricsServer !== undefined,
  });

  const server = `https://127.0.0.1:${ports.apiServer}`;
  const { authority } = certificates;
  const client = apiClient(server, authority, certificates.client('testbed', 'system:masters'));
  const { admissionPlugins = [], featureGates = [] } = options;
  const controlPlane = { folder, ports, admissionPlugins, featureGates };
  const servers = new Servers(programs, controlPlane, (how) => options.log?.(how));
  const logs = new PodLogStore();
  const watch = new PodWatch(client, logs);
  const stopKubelet = await serveKubelet(certificates, ports, logs);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([servers.endAll(), watch.stop(), stopKubelet()]);
    client.close();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    servers.start('etcd');
    servers.start('kube-apiserver');
    await untilReady(client, servers);
    if (options.controllers ?? true) {
      for (const name of ['kube-controller-manager', 'kube-scheduler', 'kwok'] as const) servers.start(name);
      await Promise.all([watch.start(), createNodes(client)]);
      await untilPodsCanRun(client, servers);
    }
    if (metricsServer !== undefined) await serveMetrics(client, servers, metricsServer, folder);
  } catch (error) {
    await stop();
    throw error;
  }

  const context = options.contextName ?? 'demo';
  const kubeconfig = join(folder, 'kubeconfig');
  const kubeconfigFor = (user: string, groups: readonly string[], name: string): string =>
    kubeconfigText({
      server,
      authority,
      identity: certificates.client(user, ...groups),
      user,
      context: name,
    });
  await writeFile(kubeconfig, kubeconfigFor('kubernetes-admin', ['system:masters'], context), {
    mode: 0o600,
  });

  const audit = new AuditLog(join(folder, FILES.auditLog));
  const program = { programs, kubeconfig, cache: join(folder, 'kubectl-cache') };
  const kubectl = (args: readonly string[], input?: string): Promise<string> =>
    runKubectl(program, args, input);
  return {
    folder,
    server,
    kubeconfig,
    programs,
    client,
    kubectl,
    tryKubectl: (args, onOutput) => endOfKubectl(program, args, '', onOutput),
    logs: {
      append(namespace, pod, container, lines) {
        logs.append(namespace, pod, container, lines);
      },
      rotate(namespace, pod, container) {
        logs.rotate(namespace, pod, container);
      },
    },
    async apply(objects) {
      const text = typeof objects === 'string' ? objects : JSON.stringify(list(objects));
      await kubectl(['apply', '-f', '-'], text);
    },
    audit: () => auditedSoFar(audit, client, () => servers.runs('kube-apiserver')),
    kubeconfigFor: (user, ...groups) => kubeconfigFor(user, groups, user),
    stopApiServer: () => servers.end('kube-apiserver'),
    async restartApiServer() {
      await servers.end('kube-apiserver');
      servers.start('kube-apiserver');
      await untilReady(client, servers);
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

async function ownPorts(): Promise<Ports> {
  const [etcd = 0, etcdPeer = 0, apiServer = 0, kwok = 0, kubelet = 0] = await freePorts(5);
  return { etcd, etcdPeer, apiServer, kwok, kubelet };
}

async function serveKubelet(
  certificates: Certificates,
  ports: Ports,
  logs: PodLogStore,
): Promise<() => Promise<void>> {
  const { authority, server: identity } = certificates;
  const kubelet = await startKubelet({
    port: ports.kubelet,
    identity,
    authority,
    logs,
    metricsPort: ports.kwok,
  });
  return () => kubelet.stop();
}

function list(items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items };
}
