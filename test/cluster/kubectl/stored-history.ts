import type { DeploymentJson } from '../../../src/domain/rollout/json.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { eventually } from '../../testbed/eventually.ts';
import type { GeneratedHistory, GeneratedRevision } from './generated-history.ts';
import type { GeneratedTemplate } from './generated-template.ts';
import { severalAtATime } from './several-at-a-time.ts';

const revisionKey = 'deployment.kubernetes.io/revision';

/**
 * Writes the same histories, by the Deployments' names, into each of the namespaces. ReplicaSets are written in rounds
 * that are a second apart, so that their creation times, which kubectl goes by, have the same order everywhere.
 * Rejects where the API server refuses one.
 */
export async function storeHistories(
  cluster: Cluster,
  namespaces: readonly string[],
  histories: ReadonlyMap<string, GeneratedHistory>,
): Promise<void> {
  const places = namespaces.flatMap((namespace) =>
    [...histories].map(([name, history]) => ({ namespace, name, history })),
  );
  const owners = new Map(
    await severalAtATime(8, places, async ({ namespace, name, history }) => {
      const made: DeploymentJson = await create(cluster, namespace, 'deployments', deployment(name, history));
      return [`${namespace}/${name}`, made.metadata?.uid ?? ''] as const;
    }),
  );
  const rounds = Math.max(...[...histories.values()].map(({ revisions }) => revisions.length));
  for (let round = 0; round < rounds; round++) {
    await severalAtATime(8, places, async ({ namespace, name, history }) => {
      const revision = history.revisions[round];
      const uid = owners.get(`${namespace}/${name}`) ?? '';
      if (revision !== undefined)
        await create(cluster, namespace, 'replicasets', replicaSet(name, uid, revision));
    });
    const second = Math.floor(Date.now() / 1000);
    await eventually('the next second', async () => Math.floor(Date.now() / 1000) > second);
  }
}

async function create<T>(cluster: Cluster, namespace: string, kind: string, object: object): Promise<T> {
  const path = `/apis/apps/v1/namespaces/${namespace}/${kind}`;
  const { status, body } = await cluster.client.request('POST', path, object);
  if (status !== 201) throw new Error(`${JSON.stringify(object)} is refused: ${body}`);
  return JSON.parse(body);
}

function deployment(name: string, history: GeneratedHistory): object {
  const { annotations, paused, revisions } = history;
  const own = annotations && { [revisionKey]: String(revisions.length), ...annotations };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...(own && { annotations: own }) },
    spec: {
      replicas: 3,
      paused,
      selector: { matchLabels: { app: name }, matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] },
      template: template(history.template, { app: name }),
    },
  };
}

function replicaSet(owner: string, uid: string, revision: GeneratedRevision): object {
  const { name, number, annotations, belongs } = revision;
  const labels = { app: belongs === 'otherLabels' ? 'other' : owner, 'pod-template-hash': name };
  const controller = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: owner,
    uid: belongs === 'otherOwner' ? '00000000-0000-0000-0000-000000000000' : uid,
    controller: belongs !== 'noController',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${owner}-${name}`,
      labels,
      annotations: { ...annotations, ...(number !== undefined && { [revisionKey]: number }) },
      ownerReferences: [controller],
    },
    spec: { replicas: 0, selector: { matchLabels: labels }, template: template(revision.template, labels) },
  };
}

function template({ container, spec, annotations }: GeneratedTemplate, labels: object): object {
  return {
    metadata: { labels, ...(annotations && { annotations }) },
    spec: { containers: [{ name: 'app', image: 'web:1', ...container }], ...spec },
  };
}
