import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIT_POLICY } from './audit.ts';
import type { Certificates } from './certificates.ts';
import { FILES, type Ports } from './control-plane.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { kwokConfig, type KwokOptions } from './kwok/config.ts';

/** Puts everything that the programs read into the cluster's folder, readable by this user alone. */
export async function writeFiles(
  folder: string,
  certificates: Certificates,
  ports: Ports,
  kwok: KwokOptions,
): Promise<void> {
  await mkdir(join(folder, 'programs'), { recursive: true });
  const kubeconfig = (user: string): string =>
    kubeconfigText({
      server: `https://127.0.0.1:${ports.apiServer}`,
      authority: certificates.authority,
      identity: certificates.client(user, 'system:masters'),
      user,
      context: 'testbed',
    });
  const contents: Readonly<Record<Exclude<keyof typeof FILES, 'auditLog'>, string>> = {
    authority: certificates.authority,
    serverCert: certificates.server.cert,
    serverKey: certificates.server.key,
    serviceAccountKey: certificates.serviceAccountKey,
    kubeletClientCert: certificates.client('kube-apiserver-kubelet-client', 'system:masters').cert,
    frontProxyCert: certificates.client('front-proxy').cert,
    auditPolicy: AUDIT_POLICY,
    controllerManager: kubeconfig('system:kube-controller-manager'),
    scheduler: kubeconfig('system:kube-scheduler'),
    kwokKubeconfig: kubeconfig('kwok'),
    metricsServer: kubeconfig('metrics-server'),
    kwok: kwokConfig(kwok),
  };
  const names = new Map(Object.entries(FILES));
  await Promise.all(
    Object.entries(contents).map(([key, text]) =>
      writeFile(join(folder, names.get(key) ?? key), text, { mode: 0o600 }),
    ),
  );
}
