import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../../cache.ts';
import { goBuild, type GoProgram, type OnProgress, sourceHash } from './go-build.ts';
import { type KubernetesVersion, testedKubernetes } from './kubernetes-version.ts';

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

function controlPlane({ git, minor, modfile }: KubernetesVersion): GoProgram {
  // What the servers and `kubectl version` tell, and what clients send as their User-Agent.
  const versions = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].map(
    (of) => `-X ${of}.gitVersion=${git} -X ${of}.gitMajor=1 -X ${of}.gitMinor=${minor}`,
  );
  return {
    folder: import.meta.dirname,
    modfile,
    title: `the control plane of Kubernetes 1.${minor}`,
    ldflags: ['-s', '-w', ...versions].join(' '),
    packages: 2_800,
  };
}

const METRICS_SERVER: GoProgram = {
  folder: join(import.meta.dirname, '..', 'metrics-server'),
  modfile: 'go.mod',
  title: 'metrics-server',
  ldflags: '-s -w',
  packages: 1_300,
};

export interface BuildOptions {
  readonly onProgress?: OnProgress;
}

/**
 * The folder that holds the links etcd, kube-apiserver … kwok, of the Kubernetes that TEST_KUBERNETES names; compiled when
 * these sources were not yet.
 */
export async function buildClusterBinary(options: BuildOptions = {}): Promise<string> {
  const program = controlPlane(testedKubernetes());
  return cached('control-plane', await sourceHash(program), async (folder) => {
    await goBuild(program, join(folder, 'cluster'), options.onProgress ?? ignore);
    for (const name of PROGRAMS) await symlink('cluster', join(folder, name));
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
