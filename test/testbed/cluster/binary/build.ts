import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../../cache.ts';
import { goBuild, type GoProgram, type OnProgress, sourceHash } from './go-build.ts';

/** The programs in the one binary, each a symbolic link to it. */
const PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
] as const;

export type ProgramName = (typeof PROGRAMS)[number];

/** What the servers and `kubectl version` tell, and what clients send as their User-Agent. */
const VERSIONS = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].map(
  (of) => `-X ${of}.gitVersion=v1.37.2 -X ${of}.gitMajor=1 -X ${of}.gitMinor=37`,
);

const CONTROL_PLANE: GoProgram = {
  folder: import.meta.dirname,
  title: 'the control plane',
  ldflags: ['-s', '-w', ...VERSIONS].join(' '),
  packages: 2_800,
};

const METRICS_SERVER: GoProgram = {
  folder: join(import.meta.dirname, '..', 'metrics-server'),
  title: 'metrics-server',
  ldflags: '-s -w',
  packages: 1_300,
};

export interface BuildOptions {
  readonly onProgress?: OnProgress;
}

/** The folder that holds the links etcd, kube-apiserver … kwok; compiled when these sources were not yet. */
export async function buildClusterBinary(options: BuildOptions = {}): Promise<string> {
  return cached('control-plane', await sourceHash(CONTROL_PLANE), async (folder) => {
    await goBuild(CONTROL_PLANE, join(folder, 'cluster'), options.onProgress ?? ignore);
    for (const program of PROGRAMS) await symlink('cluster', join(folder, program));
  });
}

/** The file of the metrics-server program; a build of its own, since few need it. */
export async function buildMetricsServer(options: BuildOptions = {}): Promise<string> {
  const folder = await cached('metrics-server', await sourceHash(METRICS_SERVER), async (unfinished) => {
    await goBuild(METRICS_SERVER, join(unfinished, 'metrics-server'), options.onProgress ?? ignore);
  });
  return join(folder, 'metrics-server');
}

function ignore(): void {}
