import assert from 'node:assert/strict';

import { ApiError } from '../../src/cluster/errors/api-error.ts';
import type { ApiServer } from '../../src/cluster/api-server.ts';
import { followEvents } from '../../src/cluster/reads/events.ts';
import { seeContainer } from '../../src/cluster/logs/pod-state.ts';
import { namespaceSource } from '../../src/cluster/store/namespaces.ts';
import { readPodMetrics } from '../../src/cluster/reads/metrics.ts';
import { readObject } from '../../src/cluster/reads/objects.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { DeploymentLease } from '../../src/cluster/writes/lease.ts';
import { healthOf } from '../../src/domain/rollout/health.ts';
import type { ObjectKind } from '../../src/domain/rollout/object-reference.ts';
import { healthOfWorkload } from '../../src/domain/rollout/workload-health.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { leaseClaim } from '../../src/runs/run-lease.ts';
import { errorLinesSince } from '../../src/runs/error-lines.ts';
import type { AuditEntry } from '../testbed/cluster/audit.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { namedOnly } from '../unit/cluster/named-only.ts';
import {
  asked,
  documented,
  grant,
  granted,
  manifestText,
  otherWorkloads,
  serveArgoRollouts,
} from './rbac-bed.ts';
import { get, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

const image = '{.spec.template.spec.containers[0].image}';
const begun = new Date().toISOString();

/** The same API server, as one is that has no streamed lists (1.33 by default). */
function withoutStreamedLists(api: ApiServer): ApiServer {
  return {
    server: api.server,
    get: (...asking) => api.get(...asking),
    stream: async (path, query = {}, options = {}) => {
      if ('sendInitialEvents' in query) throw new ApiError('badRequest', 'sendInitialEvents is forbidden');
      return api.stream(path, query, options);
    },
    dispose: () => undefined,
  };
}

async function live(store: ClusterStore): Promise<void> {
  await eventually('a live store', async () => store.state.kind === 'live');
}

/** Uses everything of the extension that looks, in one namespace. */
async function look({ connection, runbook }: RollbackBed, namespace: string): Promise<void> {
  const { api, store } = connection;
  await live(store);
  const lists = new ClusterStore(withoutStreamedLists(api), realClock, namedOnly(namespace));
  const seen = (each: ClusterStore) => [...each.workloads()].map(({ kind }) => kind).toSorted();
  for (const each of [store, lists])
    await eventually('all kinds', async () => seen(each).join() === 'DaemonSet,Rollout,StatefulSet');
  lists.dispose();
  const found = store.find(namespace, 'web');
  assert.ok(found);
  assert.ok(found.replicaSets.length === 2 && found.pods.length > 0);
  const { signal } = new AbortController();
  assert.deepEqual((await errorLinesSince(api, found.pods, begun, { signal })).unread, []);
  const [pod] = found.pods;
  const source = {
    namespace,
    pod: pod?.name ?? '',
    podUid: pod?.uid ?? '',
    container: 'app',
    previous: false,
  };
  assert.equal((await seeContainer(api, { ...source, revision: 2 }, signal)).run.kind, 'running');
  const named = {
    Namespace: namespace,
    Deployment: 'web',
    StatefulSet: 'db',
    DaemonSet: 'agent',
    Rollout: 'canary',
  };
  const owned = { Pod: source.pod, ReplicaSet: found.replicaSets[0]?.name ?? '' };
  for (const [kind, name] of Object.entries({ ...named, ...owned }))
    await readObject(api, { kind: kind as ObjectKind, namespace, name }, signal);
  // Allowed, and then not there: the shared cluster runs no metrics-server.
  await assert.rejects(readPodMetrics(api, { namespace }, signal), { reason: 'notFound' });
  const stop = new AbortController();
  for (const line of [api, withoutStreamedLists(api)])
    await new Promise<void>((resolve, reject) => {
      const tell: Parameters<typeof followEvents>[3] = (_, state) => {
        if (state.kind === 'live') resolve();
        else if (state.kind === 'refused') reject(state.error);
      };
      void followEvents(line, realClock, { namespace }, tell, stop.signal);
    });
  stop.abort();
  const run = await runbook('web');
  await run.retry('access');
  await run.verify();
}

describe('the permissions that docs/rbac grants', function () {
  this.timeout(120_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed | undefined;

  before(async () => {
    cluster = await sharedCluster();
    await serveArgoRollouts(cluster);
    namespace = await freshNamespace(cluster, 'rbac');
    await releases(cluster, namespace, 'web', ['web:1', 'web:2']);
    await releases(cluster, namespace, 'needy', ['web:1', 'web:2'], {
      replicas: 0,
      podSpec: {
        serviceAccountName: 'robot',
        volumes: [
          { name: 'flags', configMap: { name: 'flags' } },
          { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
        ],
      },
    });
    await otherWorkloads(cluster, namespace);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=60s']);
  });

  afterEach(async () => {
    await bed?.close();
    bed = undefined;
  });

  after(() => cluster.kubectl(['delete', 'crd', 'rollouts.argoproj.io']));

  async function as(user: string, manifest: string): Promise<RollbackBed> {
    await grant(cluster, manifest, user, namespace);
    return (bed = await rollbackBed(cluster, namespace, cluster.kubeconfigFor(user)));
  }

  const inNamespace = (entry: AuditEntry) => entry.namespace === namespace;

  it('let a viewer see everything in a namespace, by exactly these rules, and write nothing', async () => {
    const user = `viewer-${namespace}`;
    const { connection, runbook } = (bed = await as(user, 'viewer-role.yaml'));
    await look(bed, namespace);
    const { scope } = connection.store;
    assert.ok(scope.kind === 'namespaces');
    assert.deepEqual(
      scope.namespaces.map(({ state, unseen }) => [state.kind, unseen]),
      [['live', []]],
    );
    const canary = [...connection.store.workloads()].find(({ kind }) => kind === 'Rollout');
    assert.ok(canary);
    assert.equal(healthOfWorkload({ workload: canary, pods: [] }).words, 'Paused: CanaryPauseStep');

    const preparation = await (await runbook('web')).prepare(0);
    assert.ok(preparation.kind === 'refused');
    assert.match(preparation.message, /may not patch deployments\.apps in namespace/);
    assert.equal(await get(cluster, namespace, 'web', image), 'web:2');

    const entries = await cluster.audit();
    const reads = ({ verb }: AuditEntry) => ['get', 'list', 'watch'].includes(verb);
    assert.deepEqual(
      asked(entries, user, (entry) => inNamespace(entry) && reads(entry)),
      await granted('viewer-role.yaml'),
    );
    const written = entries.filter((entry) => entry.user === user && !reads(entry));
    for (const { resource, dryRun, code } of written)
      assert.ok(resource === 'selfsubjectaccessreviews' || (dryRun && code === 403), `${resource} ${code}`);
    // Beyond the namespace it only tries what it cannot know to be refused.
    assert.deepEqual(
      asked(entries, user, (entry) => !inNamespace(entry) && entry.code < 300),
      ['create selfsubjectaccessreviews.authorization.k8s.io', 'get /apis/argoproj.io/v1alpha1'],
    );
  });

  it('let an operator roll back and see what stands against it, by few permissions more', async () => {
    const user = `operator-${namespace}`;
    bed = await as(user, 'operator-role.yaml');
    await look(bed, namespace);
    const { api, writer } = bed.connection;
    const lease = new DeploymentLease(
      api,
      writer,
      realClock,
      { namespace, name: 'web' },
      'jane@laptop_0a1b2c',
    );
    const runbook = await bed.runbook('web', { claim: leaseClaim(lease, writer, namespace) });
    assert.equal((await runbook.rollBack(ready(await runbook.prepare(0)))).kind, 'applied');
    assert.equal((await runbook.follow()).kind, 'complete');
    assert.equal(await get(cluster, namespace, 'web', image), 'web:1');
    await lease.release();
    lease.dispose();
    const needy = await bed.runbook('needy');
    assert.equal((await needy.prepare(1)).kind, 'ready');
    const requests = asked(await cluster.audit(), user, inNamespace);
    assert.deepEqual(requests, await granted('operator-role.yaml'));
  });

  it('are those of the README, and the same in a namespace as in the cluster', async () => {
    assert.deepEqual(await documented(), await granted('operator-role.yaml'));
    for (const who of ['viewer', 'operator'])
      assert.deepEqual(await granted(`${who}-cluster-role.yaml`), await granted(`${who}-role.yaml`));
    const rules = (text: string) => text.slice(text.indexOf('rules:'));
    const viewer = rules(await manifestText('viewer-role.yaml'));
    assert.ok(rules(await manifestText('operator-role.yaml')).startsWith(viewer));
  });

  it('let a viewer of the whole cluster see it at once', async () => {
    const { connection } = await as(`overseer-${namespace}`, 'viewer-cluster-role.yaml');
    await live(connection.store);
    assert.deepEqual(connection.store.scope, { kind: 'cluster', unseen: [] });
    assert.ok(connection.store.find(namespace, 'web'));
  });

  it('are missed in words where a Role lacks some, until they are given', async () => {
    const user = `partial-${namespace}`;
    const role = ['create', 'role', user, '-n', namespace, '--verb=get,list,watch'];
    await cluster.kubectl([...role, '--resource=deployments.apps,replicasets.apps']);
    await cluster.kubectl(['create', 'rolebinding', user, '--role', user, '--user', user, '-n', namespace]);
    bed = await rollbackBed(cluster, namespace, cluster.kubeconfigFor(user));
    const { store } = bed.connection;
    await live(store);
    const refused = `cannot be seen: watch pods is forbidden in namespace ${namespace}`;
    await eventually(
      'words for the pods',
      async () => store.find(namespace, 'web')?.podsUnseen !== undefined,
    );
    const found = store.find(namespace, 'web');
    assert.ok(found);
    assert.equal(found.podsUnseen, `Pods ${refused}`);
    assert.equal(healthOf(found).words, `Healthy. Pods ${refused}`);
    await eventually('words for the other kinds', async () => {
      const { scope } = store;
      const words = scope.kind === 'namespaces' && scope.namespaces.flatMap(({ unseen }) => unseen);
      return (
        words &&
        words
          .map(({ resource }) => resource)
          .toSorted()
          .join() === 'daemonsets.apps,pods,rollouts.argoproj.io,statefulsets.apps'
      );
    });
    await cluster.kubectl(['delete', 'rolebinding', user, '-n', namespace]);
    await grant(cluster, 'viewer-role.yaml', user, namespace);
    store.refresh();
    await eventually('the pods', async () => (store.find(namespace, 'web')?.pods.length ?? 0) > 0);
    assert.equal(store.find(namespace, 'web')?.podsUnseen, undefined);
  });

  it('let the namespaces be found in which a user has a Role', async () => {
    const user = `finder-${namespace}`;
    await grant(cluster, 'viewer-role.yaml', user, namespace);
    const { connection } = await as(user, 'namespaces-cluster-role.yaml');
    const { api, writer } = connection;
    const store = new ClusterStore(api, realClock, namespaceSource(api, writer, ['default']));
    try {
      await live(store);
      await eventually(
        'the search to end',
        async () => store.scope.kind === 'namespaces' && !store.scope.finding,
      );
      const { scope } = store;
      assert.ok(scope.kind === 'namespaces');
      assert.deepEqual(
        scope.namespaces.map((each) => [each.namespace, each.state.kind]),
        [[namespace, 'live']],
      );
      assert.ok(store.find(namespace, 'web'));
    } finally {
      store.dispose();
    }
  });
});
