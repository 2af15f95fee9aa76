import assert from 'node:assert/strict';
import type { AuditEntry } from '../../testbed/cluster/audit.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../../testbed/cluster/shared.ts';
import { deploymentOf } from './workloads.ts';

describe('the audit log', () => {
  let cluster: Cluster;
  let namespace: string;

  before(async function () {
    this.timeout(60_000);
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'audit');
    await cluster.apply([deploymentOf(namespace, 'web', 'web:1.4')]);
  });

  it('tells a patch with its body at once, and a dry run apart from it', async function () {
    this.timeout(20_000);
    const patch = ['patch', 'deployment/web', '-n', namespace, '-p', '{"spec":{"replicas":2}}'];
    await cluster.kubectl([...patch, '--dry-run=server']);
    await cluster.kubectl(patch);
    const patches = (await ofPeople()).filter(({ verb }) => verb === 'patch');
    assert.deepEqual(
      patches.map(({ resource, apiGroup, name, dryRun, code, user, requestObject }) => {
        return { resource, apiGroup, name, dryRun, code, user, requestObject };
      }),
      [true, false].map((dryRun) => ({
        resource: 'deployments',
        apiGroup: 'apps',
        name: 'web',
        dryRun,
        code: 200,
        user: 'kubernetes-admin',
        requestObject: { spec: { replicas: 2 } },
      })),
    );
    for (const { userAgent } of patches) assert.match(userAgent, /^kubectl\/v1\.3\d\.\d+ /);
  });

  it('tells a dry run of a deletion, which kubectl asks for in the body', async function () {
    this.timeout(20_000);
    await cluster.kubectl(['delete', 'deployment/web', '-n', namespace, '--dry-run=server']);
    const deletions = (await ofPeople()).filter(({ verb }) => verb === 'delete');
    assert.deepEqual(
      deletions.map(({ dryRun }) => dryRun),
      [true],
    );
  });

  it('tells refused requests, reads, and watches that are still open', async function () {
    this.timeout(20_000);
    const stop = new AbortController();
    const path = `/api/v1/namespaces/${namespace}/pods`;
    await cluster.client.stream(`${path}?watch=1`, stop.signal);
    await assert.rejects(cluster.kubectl(['get', 'deployment', 'missing', '-n', namespace]));
    const entries = (await cluster.audit()).filter((entry) => entry.namespace === namespace);
    assert.ok(entries.some(({ name, verb, code }) => name === 'missing' && verb === 'get' && code === 404));
    const watch = entries.find(({ requestURI }) => requestURI === `${path}?watch=1`);
    assert.equal(watch?.complete, false);
    assert.equal(watch?.user, 'testbed');
    stop.abort();
  });

  async function ofPeople(): Promise<AuditEntry[]> {
    const entries = await cluster.audit();
    return entries.filter((entry) => entry.namespace === namespace && entry.user === 'kubernetes-admin');
  }
});
