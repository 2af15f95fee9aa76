import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connections } from '../../src/cluster/connections.ts';
import type { ObjectReference } from '../../src/domain/rollout/object-reference.ts';
import { eventsSource } from '../../src/host/documents/events-source.ts';
import { describeSource } from '../../src/host/documents/describe-source.ts';
import type { LiveSource } from '../../src/host/documents/live-source.ts';
import { revisionSource } from '../../src/host/documents/template-source.ts';
import { topSource } from '../../src/host/documents/top-source.ts';
import { yamlSource } from '../../src/host/documents/yaml-source.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { followed } from './followed-source.ts';
import { releases } from './rollback-bed.ts';

describe('manual detection on a cluster', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let connections: Connections;
  let context: string;
  const open: { close(): void }[] = [];

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'detect');
    connections = new Connections(
      realClock,
      () => cluster.kubeconfig,
      () => true,
    );
    context = (await connections.kubeconfig()).currentContext ?? '';
    await releases(cluster, namespace, 'web', ['web:1', 'web:2-crash']);
  });

  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  after(() => connections.dispose());

  const reference = (kind: ObjectReference['kind'], name: string): ObjectReference => ({
    context,
    namespace,
    kind,
    name,
  });

  function look(source: LiveSource): { text(): string; failure(): unknown; close(): void } {
    const looking = followed(source);
    open.push(looking);
    return looking;
  }

  async function untilShown(looking: { text(): string }, words: RegExp): Promise<string> {
    return eventually(
      `${words} in the document`,
      async () => (words.test(looking.text()) ? looking.text() : undefined),
      { limit: 30_000 },
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${looking.text()}`);
    });
  }

  it('shows the events that kubectl shows, and new ones as they come', async () => {
    const looking = look(eventsSource(connections, realClock, reference('Deployment', 'web')));
    await untilShown(looking, /● Live/);
    await untilShown(looking, /Normal +ScalingReplicaSet +deploy\/web +Scaled up replica set web-/);
    const listed = await cluster.kubectl(['get', 'events', '-n', namespace, '-o', 'json']);
    const messages: readonly string[] = JSON.parse(listed).items.map(
      ({ message }: { readonly message: string }) => message,
    );
    await eventually('every message that kubectl lists', async () =>
      messages.every((message) => looking.text().includes(message.trim().replaceAll('\n', ' ⏎ '))),
    );
    const scalings = () => looking.text().split('ScalingReplicaSet').length;
    const before = scalings();
    await cluster.kubectl(['scale', 'deployment/web', '--replicas=5', '-n', namespace]);
    await eventually('the scaling in the document', async () => scalings() > before);
  });

  it('counts what is repeated, as the core API and as events.k8s.io count it', async () => {
    const about = { apiVersion: 'v1', kind: 'Pod', namespace, name: 'counted', uid: 'counted' };
    const time = '2026-01-01T10:00:00Z';
    const core = {
      metadata: { name: 'counted.core', namespace },
      involvedObject: about,
      type: 'Warning',
      reason: 'BackOff',
      message: 'core',
      count: 12,
      firstTimestamp: time,
      lastTimestamp: '2026-01-01T10:05:00Z',
    };
    const series = {
      metadata: { name: 'counted.series', namespace },
      regarding: about,
      type: 'Warning',
      reason: 'Unhealthy',
      note: 'series',
      eventTime: '2026-01-01T10:00:00.000000Z',
      series: { count: 7, lastObservedTime: '2026-01-01T10:02:00.000000Z' },
      reportingController: 'example.com/prober',
      reportingInstance: 'prober-1',
      action: 'Probing',
    };
    for (const [path, body] of [
      [`/api/v1/namespaces/${namespace}/events`, core],
      [`/apis/events.k8s.io/v1/namespaces/${namespace}/events`, series],
    ] as const) {
      const answer = await cluster.client.request('POST', path, body);
      assert.equal(answer.status, 201, answer.body);
    }
    const looking = look(eventsSource(connections, realClock, reference('Pod', 'counted')));
    await untilShown(looking, /12 in 5 min +⚠ Warning +BackOff +pod\/counted +core/);
    await untilShown(
      looking,
      /7 in 2 min +⚠ Warning +Unhealthy +pod\/counted +series +— example\.com\/prober/,
    );
  });

  it('says which permission is missing, for events and for usage', async () => {
    const file = join(cluster.folder, 'nobody.kubeconfig');
    await writeFile(file, cluster.kubeconfigFor('nobody'));
    const poor = new Connections(
      realClock,
      () => file,
      () => true,
    );
    try {
      const about = { ...reference('Namespace', namespace), context: 'nobody' };
      const events = look(eventsSource(poor, realClock, about));
      await untilShown(events, /✗ Refused: User "nobody" may not (list|watch) events/);
      const top = look(topSource(poor, realClock, about));
      await eventually('the refusal', async () => /"nobody" may not list pods/.test(String(top.failure())));
    } finally {
      poor.dispose();
    }
  });

  it('says that a cluster without metrics-server has no metrics, and shows requests all the same', async () => {
    const looking = look(topSource(connections, realClock, reference('Namespace', namespace)));
    const text = await untilShown(looking, /^web-/m);
    assert.match(text, /✗ This cluster has no metrics API \(metrics\.k8s\.io\)\.\n/);
    assert.match(text, /no request/);
  });

  it('shows the YAML of an object, its changes as they come, and that it is gone', async () => {
    await cluster.kubectl(['create', 'deployment', 'short', '--image=short:1', '-n', namespace]);
    const looking = look(yamlSource(connections, realClock, reference('Deployment', 'short'), false));
    await untilShown(looking, /image: short:1/);
    await cluster.kubectl(['set', 'image', 'deployment/short', 'short=short:2', '-n', namespace]);
    await cluster.kubectl(['set', 'env', 'deployment/short', 'API_TOKEN=hunter2', '-n', namespace]);
    const text = await untilShown(looking, /image: short:2[^]*API_TOKEN|API_TOKEN[^]*image: short:2/);
    assert.doesNotMatch(text, /hunter2|managedFields:|resourceVersion:/);
    await cluster.kubectl(['delete', 'deployment', 'short', '-n', namespace]);
    await untilShown(looking, /^# .* gone since .*: this is what it was\.$/m);
    assert.match(looking.text(), /image: short:2/);
  });

  it('describes a deployment with its revisions, pods and events, and a pod', async () => {
    const looking = look(describeSource(connections, realClock, reference('Deployment', 'web')));
    const text = await untilShown(looking, /ScalingReplicaSet/);
    assert.match(text, /^ +2 current +2-crash +/m);
    assert.match(text, /^ +web-\S+ +2 +/m);
    const [, pod = ''] = /^ +(web-[a-z0-9]+-[a-z0-9]+) +2 /m.exec(text) ?? [];
    const ofPod = look(describeSource(connections, realClock, reference('Pod', pod)));
    await untilShown(ofPod, /^ +Image +web:2-crash$/m);
    await untilShown(ofPod, /^ +\S+ .*Scheduled +pod\/web-/m);
  });

  it('shows a revision by its ReplicaSet: under its new number after an undo, and still when it is gone', async () => {
    await releases(cluster, namespace, 'undone', ['undone:1', 'undone:2']);
    const list = ['get', 'replicasets', '-l', 'app=undone', '-n', namespace, '-o', 'json'];
    const items: readonly { metadata: { uid: string; name: string; annotations: Record<string, string> } }[] =
      JSON.parse(await cluster.kubectl(list)).items;
    const older = items.find(
      ({ metadata }) => metadata.annotations['deployment.kubernetes.io/revision'] === '1',
    );
    assert.ok(older);
    const target = { context, namespace, name: 'undone' };
    const looking = look(revisionSource(connections, realClock, target, older.metadata.uid, 1));
    await untilShown(looking, /^# Pod template of undone, revision 1 · 1$/m);
    await cluster.kubectl(['rollout', 'undo', 'deployment/undone', '-n', namespace]);
    await untilShown(looking, /^# Pod template of undone, revision 1 \(now 3\) · 1 · live$/m);
    await cluster.kubectl(['delete', 'deployment', 'undone', '-n', namespace]);
    await untilShown(looking, /^# Gone from the cluster\. This is what it was at /m);
    assert.match(looking.text(), /image: undone:1/);
  });

  it('asks nothing any more once nobody looks', async () => {
    const looking = look(eventsSource(connections, realClock, reference('Namespace', namespace)));
    await untilShown(looking, /● Live/);
    looking.close();
    await eventually('the watch to be closed', async () => {
      const audit = await cluster.audit();
      const watches = audit.filter(
        (one) =>
          one.verb === 'watch' &&
          one.resource === 'events' &&
          one.namespace === namespace &&
          one.userAgent === 'kubernetes-rollback',
      );
      return watches.length > 0 && watches.every(({ complete }) => complete);
    });
  });
});
