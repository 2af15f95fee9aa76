import assert from 'node:assert/strict';

import { namespaceSource } from '../../src/cluster/store/namespaces.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { DeploymentLease } from '../../src/cluster/writes/lease.ts';
import { healthOf } from '../../src/domain/rollout/health.ts';
import { healthOfWorkload } from '../../src/domain/rollout/workload-health.ts';
import type { StepId } from '../../src/domain/runbook/steps.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { leaseClaim } from '../../src/runs/run-lease.ts';
import type { Runbook } from '../../src/runs/runbook.ts';
import type { AuditEntry } from '../testbed/cluster/audit.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import {
  asked,
  documented,
  grant,
  granted,
  manifestText,
  otherWorkloads,
  serveArgoRollouts,
} from './rbac-bed.ts';
import { grantRole } from './grant-role.ts';
import { live, look } from './rbac-look.ts';
import { get, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

const image = '{.spec.template.spec.containers[0].image}';

function evidenceOf({ run }: Runbook, step: StepId): string {
  return (run.state.steps[step]?.result?.evidence ?? []).map(({ text }) => text).join('\n');
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
    await needy.retry('returnable');
    assert.match(evidenceOf(needy, 'returnable'), /Gone, .*: ConfigMap flags, PersistentVolumeClaim data/);
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
    await grantRole(cluster, namespace, user, 'get,list,watch', 'deployments.apps,replicasets.apps');
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

  it('let an operator see what is wrong with the nodes of failing pods, where they are granted', async () => {
    await releases(cluster, namespace, 'sick', ['web:1', 'web:2-oom'], {
      annotations: { 'testbed/back-off': '1s' },
    });
    const user = `nodes-${namespace}`;
    await grant(cluster, 'operator-role.yaml', user, namespace);
    bed = await as(user, 'nodes-cluster-role.yaml');
    const { store } = bed.connection;
    await eventually(
      'failing pods',
      async () => store.find(namespace, 'sick')?.pods.some(({ failing }) => failing) === true,
    );
    const [failing] = store.find(namespace, 'sick')?.pods.filter((pod) => pod.failing) ?? [];
    const node = failing?.node ?? '';
    await cluster.kubectl(['cordon', node]);
    try {
      const runbook = await bed.runbook('sick');
      await runbook.retry('issue');
      const words = (runbook.run.state.steps.issue?.result?.advice ?? [])
        .map((each) => each.words)
        .join('\n');
      assert.match(words, new RegExp(`Node ${node}, .* trouble of its own: cordoned`));
    } finally {
      await cluster.kubectl(['uncordon', node]);
    }
    const outside = asked(
      await cluster.audit(),
      user,
      (entry) => !inNamespace(entry) && entry.resource === 'nodes',
    );
    assert.deepEqual(outside, await granted('nodes-cluster-role.yaml'));
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
