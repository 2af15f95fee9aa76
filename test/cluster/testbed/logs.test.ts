import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../../testbed/cluster/shared.ts';
import { eventually } from '../../testbed/eventually.ts';
import { deploymentOf, podsOf } from './workloads.ts';

const TIMESTAMPED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /;

describe('logs through the API server', () => {
  let cluster: Cluster;
  let namespace: string;

  before(async function () {
    this.timeout(60_000);
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'logs');
    const silent = { 'testbed/logs': 'silent' };
    const one = { replicas: 1 };
    await cluster.apply([
      deploymentOf(namespace, 'web', 'web:1.4', one),
      deploymentOf(namespace, 'silent', 'web:1.4', { ...one, annotations: silent }),
      deploymentOf(namespace, 'crash', 'web:1.4-crash', {
        ...one,
        annotations: { 'testbed/back-off': '5s' },
      }),
      deploymentOf(namespace, 'nopull', 'web:1.4-nopull', one),
      deploymentOf(namespace, 'two', 'web:1.4', {
        ...one,
        podSpec: { initContainers: [{ name: 'prepare', image: 'busybox:1.37' }] },
      }),
    ]);
    await cluster.kubectl([
      'wait',
      'deploy/web',
      'deploy/silent',
      'deploy/two',
      '--for=condition=Available',
      '-n',
      namespace,
    ]);
  });

  it('flow by themselves, each line with a time of its own', async function () {
    this.timeout(20_000);
    const lines = await eventually('a request to be logged', async () => {
      const written = (await logs('deployment/web', '--timestamps')).trimEnd().split('\n');
      return written.some((line) => / GET \/\S+ 200 \d+ms$/.test(line)) && written;
    });
    for (const line of lines) assert.match(line, TIMESTAMPED);
    const times = lines.map((line) => line.split(' ')[0]);
    assert.deepEqual(times, [...new Set(times)].sort());
  });

  it('hold exactly what a test appends where the template asks for silence', async () => {
    const pod = await podNamed('silent');
    cluster.logs.append(namespace, pod, 'app', ['one', 'two', 'three']);
    assert.equal(await logs(pod), 'one\ntwo\nthree\n');
    assert.equal(await logs(pod, '--tail=1'), 'three\n');
    assert.equal(await logs(pod, '--limit-bytes=7'), 'one\ntwo');
  });

  it('leave out what is older than asked for', async () => {
    const pod = await podNamed('silent');
    const future = new Date(Date.now() + 60_000).toISOString();
    assert.equal(await logs(pod, `--since-time=${future}`), '');
    assert.notEqual(await logs(pod, '--since=10m'), '');
  });

  it('can be followed while they grow, and end with the container', async function () {
    this.timeout(20_000);
    const pod = await podNamed('silent');
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?follow=true&tailLines=0`;
    const stream = await cluster.client.stream(path, AbortSignal.timeout(15_000));
    const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
    cluster.logs.append(namespace, pod, 'app', ['live']);
    assert.equal((await lines.next()).value, 'live');
    cluster.logs.append(namespace, pod, 'app', ['still live']);
    assert.equal((await lines.next()).value, 'still live');
    await cluster.kubectl(['delete', 'pod', pod, '-n', namespace, '--wait=false']);
    assert.equal((await lines.next()).done, true);
  });

  it('give the last run of a crashed container as the previous one, with its reason', async function () {
    this.timeout(30_000);
    const crashed = await podNamed('crash');
    await eventually(
      'the second run',
      async () => ((await podsOf(cluster, namespace, 'crash'))[0]?.restarts ?? 0) > 0,
    );
    const previous = await logs(crashed, '--previous');
    assert.match(previous, /ERROR relation "tracks_v2" does not exist/);
    assert.match(previous, /FATAL migration check failed, exiting with 1\n$/);
  });

  it('refuse a previous run that never was, as a kubelet does', async () => {
    await assert.rejects(
      logs('deployment/web', '--previous'),
      /previous terminated container "app" in pod .* not found/,
    );
  });

  it('refuse a container that never started, and say why', async function () {
    this.timeout(20_000);
    // Between two tries to pull it, the pod says something else.
    await eventually('the refusal, with its reason', async () => {
      const refusal = await logs('deployment/nopull').catch(String);
      return /is waiting to start: trying and failing to pull image/.test(refusal);
    });
  });

  it('are kept apart by container, init containers too', async () => {
    assert.match(await logs('deployment/two', '-c', 'prepare'), /database is reachable/);
    assert.match(await logs('deployment/two', '-c', 'app'), /listening on :8080/);
    const all = await logs('deployment/two', '--all-containers', '--prefix');
    assert.match(all, /\/prepare\] INFO/);
    assert.match(all, /\/app\] INFO/);
  });

  function logs(...args: readonly string[]): Promise<string> {
    return cluster.kubectl(['logs', '-n', namespace, ...args]);
  }

  async function podNamed(app: string): Promise<string> {
    const [pod] = await podsOf(cluster, namespace, app);
    assert.ok(pod, `a pod of ${app}`);
    return pod.name;
  }
});
