import type { Cluster } from '../../testbed/cluster/cluster.ts';

export interface DeploymentOptions {
  readonly replicas?: number;
  /** Of the pod template: the test bed reads its own there. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** More of the pod's spec, such as initContainers. */
  readonly podSpec?: object;
}

/** A small Deployment labelled `app: name`, of three replicas with one container `app`. */
export function deploymentOf(
  namespace: string,
  name: string,
  image: string,
  options: DeploymentOptions = {},
): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas: options.replicas ?? 3,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: options.annotations ?? {} },
        spec: { containers: [{ name: 'app', image }], ...options.podSpec },
      },
    },
  };
}

/** A pod as a row of `kubectl get pods`. */
export interface PodRow {
  readonly name: string;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
}

/** The deployment's pods as kubectl prints them, by name. */
export async function podsOf(cluster: Cluster, namespace: string, app: string): Promise<PodRow[]> {
  const args = [
    'get',
    'pods',
    '-n',
    namespace,
    '-l',
    `app=${app}`,
    '--no-headers',
    '--sort-by=.metadata.name',
  ];
  const output = await cluster.kubectl(args);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ready = '', status = '', restarts = ''] = line.split(/\s+/);
      return { name, ready, status, restarts: Number(restarts) };
    });
}
