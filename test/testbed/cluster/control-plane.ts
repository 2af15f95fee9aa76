import { join } from 'node:path';
import type { ProgramName } from './binary/build.ts';

/** Where the servers of one cluster listen, all on loopback. */
export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly apiServer: number;
  readonly kwok: number;
  readonly kubelet: number;
}

/** The names of the files that `writeFiles` puts into a cluster's folder and the programs are pointed at. */
export const FILES = {
  authority: 'authority.crt',
  serverCert: 'server.crt',
  serverKey: 'server.key',
  serviceAccountKey: 'service-account.key',
  kubeletClientCert: 'kubelet-client.crt',
  frontProxyCert: 'front-proxy.crt',
  auditPolicy: 'audit-policy.yaml',
  auditLog: 'audit.log',
  controllerManager: 'controller-manager.kubeconfig',
  scheduler: 'scheduler.kubeconfig',
  kwokKubeconfig: 'kwok.kubeconfig',
  metricsServer: 'metrics-server.kubeconfig',
  kwok: 'kwok.yaml',
} as const;

export interface ControlPlaneOptions {
  readonly folder: string;
  readonly ports: Ports;
  readonly admissionPlugins: readonly string[];
  readonly featureGates: readonly string[];
}

/** The command line of each server. Flags that are not given keep upstream's default. */
export function argsOf(program: Exclude<ProgramName, 'kubectl'>, options: ControlPlaneOptions): string[] {
  const { folder, ports } = options;
  const file = (name: keyof typeof FILES): string => join(folder, FILES[name]);
  switch (program) {
    case 'etcd':
      return etcd(folder, ports);
    case 'kube-apiserver':
      return apiServer(file, options);
    case 'kube-controller-manager':
      return [
        `--kubeconfig=${file('controllerManager')}`,
        '--leader-elect=false',
        '--secure-port=0',
        `--service-account-private-key-file=${file('serviceAccountKey')}`,
        `--root-ca-file=${file('authority')}`,
        '--kube-api-qps=500',
        '--kube-api-burst=1000',
        '--profiling=false',
      ];
    case 'kube-scheduler':
      return [
        `--kubeconfig=${file('scheduler')}`,
        '--leader-elect=false',
        '--secure-port=0',
        '--kube-api-qps=500',
        '--kube-api-burst=1000',
        '--profiling=false',
      ];
    case 'kwok':
      return [
        `--config=${file('kwok')}`,
        `--kubeconfig=${file('kwokKubeconfig')}`,
        '--manage-all-nodes',
        '--cidr=10.64.0.0/14',
        '--node-ip=127.0.0.1',
        `--node-port=${ports.kwok}`,
        `--server-address=127.0.0.1:${ports.kwok}`,
        `--tls-cert-file=${file('serverCert')}`,
        `--tls-private-key-file=${file('serverKey')}`,
      ];
  }
}

function etcd(folder: string, ports: Ports): string[] {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // The only member elects itself as soon as its time-out is over.
    '--heartbeat-interval=50',
    '--election-timeout=500',
    '--log-level=warn',
  ];
}

function apiServer(file: (name: keyof typeof FILES) => string, options: ControlPlaneOptions): string[] {
  const { ports, admissionPlugins, featureGates } = options;
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    `--tls-cert-file=${file('serverCert')}`,
    `--tls-private-key-file=${file('serverKey')}`,
    `--client-ca-file=${file('authority')}`,
    `--service-account-key-file=${file('serviceAccountKey')}`,
    `--service-account-signing-key-file=${file('serviceAccountKey')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=Node,RBAC',
    `--kubelet-client-certificate=${file('kubeletClientCert')}`,
    `--kubelet-client-key=${file('serverKey')}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--requestheader-client-ca-file=${file('authority')}`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${file('frontProxyCert')}`,
    `--proxy-client-key-file=${file('serverKey')}`,
    `--audit-policy-file=${file('auditPolicy')}`,
    `--audit-log-path=${file('auditLog')}`,
    // Megabytes before the log would be rotated away from under its reader.
    '--audit-log-maxsize=10000',
    // One machine plays the whole cluster: fairness between its users only costs time.
    '--enable-priority-and-fairness=false',
    '--endpoint-reconciler-type=none',
    '--profiling=false',
    ...(admissionPlugins.length === 0 ? [] : [`--enable-admission-plugins=${admissionPlugins.join(',')}`]),
    ...(featureGates.length === 0 ? [] : [`--feature-gates=${featureGates.join(',')}`]),
  ];
}
