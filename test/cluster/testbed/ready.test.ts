import assert from 'node:assert/strict';
import { testedKubernetes } from '../../testbed/cluster/binary/kubernetes-version.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../../testbed/cluster/shared.ts';
import { deploymentOf, podsOf } from './workloads.ts';

describe('the cluster of the test bed', () => {
  let cluster: Cluster;
  let namespace: string;

  before(async function () {
    this.timeout(60_000);
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'ready');
  });

  it('is the Kubernetes that is asked for, on loopback', async () => {
    const version: { serverVersion: { gitVersion: string } } = JSON.parse(
      await cluster.kubectl(['version', '-o', 'json']),
    );
    assert.equal(version.serverVersion.gitVersion, testedKubernetes().git);
    assert.match(cluster.server, /^https:\/\/127\.0\.0\.1:\d+$/);
  });

  it('brings three pods of a deployment to Ready by the real controllers', async function () {
    this.timeout(20_000);
    await cluster.apply([deploymentOf(namespace, 'web', 'web:1.4.2')]);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=15s']);
    const pods = await podsOf(cluster, namespace, 'web');
    assert.deepEqual(
      pods.map(({ ready, status, restarts }) => ({ ready, status, restarts })),
      Array.from({ length: 3 }, () => ({ ready: '1/1', status: 'Running', restarts: 0 })),
    );
  });

  it('deletes a pod within seconds', async function () {
    this.timeout(40_000);
    const [pod] = await podsOf(cluster, namespace, 'web');
    const begun = Date.now();
    await cluster.kubectl(['delete', 'pod', pod?.name ?? '', '-n', namespace, '--timeout=25s']);
    assert.ok(Date.now() - begun < 20_000); // One that nobody ends stays for its 30 s of grace.
  });

  it('lets a user of its own do only what RBAC allows', async function () {
    this.timeout(20_000);
    await cluster.kubectl([
      'create',
      'rolebinding',
      'reads',
      '--clusterrole=view',
      '--user=mia',
      '-n',
      namespace,
    ]);
    const can = (verb: string): Promise<string> =>
      cluster.kubectl(['auth', 'can-i', verb, 'deployments', '--as=mia', '-n', namespace]).catch(String);
    assert.match(await can('list'), /^yes/);
    assert.match(await can('patch'), /: no/);
    assert.match(cluster.kubeconfigFor('mia'), /current-context: mia/);
  });

  it('says what kubectl said when it fails', async () => {
    await assert.rejects(
      cluster.kubectl(['get', 'pod', 'missing', '-n', namespace]),
      /pods "missing" not found/,
    );
  });
});
