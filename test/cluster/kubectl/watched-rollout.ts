import { rolloutStatus } from '../../../src/domain/rollout/status.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import type { KubectlEnd } from '../../testbed/cluster/kubectl.ts';
import type { GoingOn, LiveRollout } from './live-rollouts.ts';
import type { RecordedDeployments } from './recorded-deployments.ts';

/**
 * Carries a rollout out while `kubectl rollout status` watches it. It begins paused, and goes on when kubectl has said its
 * first line, so that kubectl sees all of it. Resolves with kubectl's end.
 */
export async function watchedByKubectl(
  cluster: Cluster,
  recorded: RecordedDeployments,
  namespace: string,
  name: string,
  rollout: LiveRollout,
): Promise<KubectlEnd> {
  const { from, image, flags = [], before, meanwhile } = rollout;
  const request = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await cluster.client.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.body}`);
  };
  const all = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const going: GoingOn = {
    patch: (body) => request('PATCH', `${all}/${name}`, body),
    remove: () => request('DELETE', `${all}/${name}`),
    until: (what, isSo) => recorded.until(name, what, isSo),
  };
  await request('POST', all, deployment(name, rollout));
  if (from !== undefined) {
    await going.until('the end of its first rollout', (deployment) => {
      const { done, error } = rolloutStatus(deployment);
      return done || error !== undefined;
    });
    const template = { spec: { containers: [{ name: 'app', image }] } };
    await going.patch({ spec: { paused: true, template } });
  }
  await before?.(going);
  const joined = Promise.withResolvers<void>();
  const args = ['rollout', 'status', `deployment/${name}`, '-n', namespace, '--timeout=90s', ...flags];
  const ended = cluster.tryKubectl(args, () => joined.resolve());
  await Promise.race([joined.promise, ended]);
  await (meanwhile ?? (({ patch }) => patch({ spec: { paused: false } })))(going);
  return ended;
}

function deployment(name: string, { from, image, spec, annotations }: LiveRollout): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 3,
      paused: from === undefined,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: { containers: [{ name: 'app', image: from ?? image }] },
      },
      ...spec,
    },
  };
}
