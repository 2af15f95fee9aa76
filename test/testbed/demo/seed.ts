import type { Cluster } from '../cluster/cluster.ts';
import { eventually } from '../eventually.ts';
import { BACKEND_API, configMap, DEMO_DEPLOYMENTS, DEMO_NAMESPACE, deployment } from './deployments.ts';

/**
 * Fills a cluster with the demo: namespace `veza-production`, where every release of `veza-backend-api` but the
 * newest was well; `veza-frontend` and `veza-chat-server` are. Resolves once the newest one's pods have crashed.
 */
export async function seedDemo(cluster: Cluster): Promise<void> {
  const rounds = Math.max(...DEMO_DEPLOYMENTS.map(({ releases }) => releases.length));
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: DEMO_NAMESPACE } };
  await cluster.apply([namespace, ...DEMO_DEPLOYMENTS.map(configMap)]);
  for (let round = 0; round < rounds; round += 1) {
    const released = DEMO_DEPLOYMENTS.flatMap((demo) => {
      // All reach their newest release in the last round.
      const release = demo.releases[round - rounds + demo.releases.length];
      return release === undefined ? [] : [{ demo, release }];
    });
    await cluster.apply(released.map(({ demo, release }) => deployment(demo, release)));
    // The newest release crashes, so nobody waits for that one to be complete.
    const complete = (name: string): boolean =>
      round === rounds - 1 ? name !== BACKEND_API.name : round === rounds - 2;
    await Promise.all(released.map(({ demo: { name } }) => untilObserved(cluster, name, complete(name))));
  }
  await untilCrashed(cluster);
}

interface DeploymentStatus {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly replicas?: number;
  };
}

/** A template that was changed again before the controller saw it would never become a revision. */
async function untilObserved(cluster: Cluster, name: string, complete: boolean): Promise<void> {
  await eventually(`${name} to be rolled out`, async () => {
    const path = `/apis/apps/v1/namespaces/${DEMO_NAMESPACE}/deployments/${name}`;
    const { metadata, spec, status }: DeploymentStatus = await read(cluster, path);
    const counts = [status.updatedReplicas, status.availableReplicas, status.replicas];
    return (
      (status.observedGeneration ?? 0) >= metadata.generation &&
      (!complete || counts.every((count) => count === spec.replicas))
    );
  });
}

/** Until each pod of the failing release was restarted and no older one is left. */
async function untilCrashed(cluster: Cluster): Promise<void> {
  interface PodList {
    readonly items: readonly {
      readonly spec: { readonly containers: readonly { readonly image: string }[] };
      readonly status: { readonly containerStatuses?: readonly { readonly restartCount: number }[] };
    }[];
  }
  const newest = `${BACKEND_API.image}:${BACKEND_API.releases.at(-1)?.tag ?? ''}`;
  const path = `/api/v1/namespaces/${DEMO_NAMESPACE}/pods?labelSelector=app%3D${BACKEND_API.name}`;
  await eventually('the newest release to crash', async () => {
    const { items }: PodList = await read(cluster, path);
    return (
      items.length === BACKEND_API.replicas &&
      items.every(
        ({ spec, status }) =>
          spec.containers[0]?.image === newest && (status.containerStatuses?.[0]?.restartCount ?? 0) > 0,
      )
    );
  });
}

async function read<T>(cluster: Cluster, path: string): Promise<T> {
  const answer = await cluster.client.request('GET', path);
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.body}`);
  const object: T = JSON.parse(answer.body);
  return object;
}
