import assert from 'node:assert/strict';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../../testbed/cluster/shared.ts';
import { eventually } from '../../testbed/eventually.ts';
import { deploymentOf, podsOf } from './workloads.ts';

/** What `kubectl get pods` and `kubectl get events` come to show for the end of an image's tag. */
const FAULTS = [
  { fault: 'crash', ready: '0/1', statuses: ['Error', 'CrashLoopBackOff', 'Running'], event: 'BackOff' },
  { fault: 'oom', ready: '0/1', statuses: ['OOMKilled', 'CrashLoopBackOff', 'Running'], event: 'BackOff' },
  { fault: 'liveness', ready: '0/1', statuses: ['Running', 'Error', 'CrashLoopBackOff'], event: 'Killing' },
  { fault: 'startup', ready: '0/1', statuses: ['Running', 'Error', 'CrashLoopBackOff'], event: 'Unhealthy' },
  { fault: 'nopull', ready: '0/1', statuses: ['ErrImagePull', 'ImagePullBackOff'], event: 'Failed' },
  { fault: 'noconfig', ready: '0/1', statuses: ['CreateContainerConfigError'], event: 'Failed' },
  { fault: 'unready', ready: '0/1', statuses: ['Running'], event: 'Unhealthy' },
  { fault: 'evicted', ready: '0/1', statuses: ['Evicted'], event: 'Evicted' },
  { fault: 'init', ready: '0/1', statuses: ['Init:CrashLoopBackOff', 'Init:Error'], event: 'BackOff' },
] as const;

describe('pods that behave as their image says', () => {
  let cluster: Cluster;
  let namespace: string;

  before(async function () {
    this.timeout(60_000);
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'faults');
    const annotations = { 'testbed/back-off': '1s', 'testbed/evict-after': '2s' };
    const init = { initContainers: [{ name: 'wait-for-db', image: 'busybox:1.37' }] };
    await cluster.apply([
      ...FAULTS.map(({ fault }) =>
        deploymentOf(namespace, fault, `web:1.4-${fault}`, {
          replicas: 1,
          annotations,
          podSpec: fault === 'init' ? init : {},
        }),
      ),
      deploymentOf(namespace, 'slow', 'web:1.4-slow', {
        replicas: 1,
        annotations: { 'testbed/ready-after': '3s' },
      }),
      deploymentOf(namespace, 'annotated', 'web:1.4', {
        replicas: 1,
        annotations: { 'testbed/fault': 'nopull' },
      }),
      deploymentOf(namespace, 'alpine', 'web:1.4-alpine', { replicas: 1 }),
    ]);
  });

  for (const { fault, ready, statuses, event } of FAULTS) {
    it(`shows ${fault} as ${statuses.join(', ')} with the event ${event}`, async function () {
      this.timeout(40_000);
      for (const status of statuses) {
        await eventually(`${fault} to be ${status}`, async () =>
          (await podsOf(cluster, namespace, fault)).some(
            (pod) => pod.ready === ready && pod.status === status,
          ),
        );
      }
      await eventually(`an event ${event}`, async () => (await reasons(fault)).includes(event));
    });
  }

  it('keeps why a crashed container ended, and counts its restarts', async function () {
    this.timeout(30_000);
    const ends = async (fault: string): Promise<string> => {
      const last = '{.items[0].status.containerStatuses[0].lastState.terminated';
      const path = `jsonpath=${last}.exitCode} ${last}.reason}`;
      return cluster.kubectl(['get', 'pods', '-n', namespace, '-l', `app=${fault}`, '-o', path]);
    };
    await eventually(
      'two restarts',
      async () => ((await podsOf(cluster, namespace, 'crash'))[0]?.restarts ?? 0) >= 2,
    );
    assert.equal(await ends('crash'), '1 Error');
    assert.equal(await ends('oom'), '137 OOMKilled');
  });

  it('shows what a missing ConfigMap is called', async () => {
    const messages = await cluster.kubectl(['get', 'events', '-n', namespace]);
    assert.match(messages, /Error: configmap "app-config" not found/);
  });

  it('takes a slow pod to Ready in the end, and never an unready one', async function () {
    this.timeout(30_000);
    await cluster.kubectl(['rollout', 'status', 'deployment/slow', '-n', namespace, '--timeout=20s']);
    const [unready] = await podsOf(cluster, namespace, 'unready');
    assert.equal(unready?.ready, '0/1');
  });

  it('asks the annotation before the tag, and takes an unknown tag for a healthy one', async function () {
    this.timeout(30_000);
    await cluster.kubectl(['rollout', 'status', 'deployment/alpine', '-n', namespace, '--timeout=20s']);
    const [annotated] = await podsOf(cluster, namespace, 'annotated');
    assert.match(annotated?.status ?? '', /ImagePull/);
  });

  it('lets Jobs succeed and fail', async function () {
    this.timeout(30_000);
    await cluster.apply([job('migrates', 'migrate:2.4'), job('breaks', 'migrate:2.4-fail')]);
    const wait = (name: string, condition: string): Promise<string> =>
      cluster.kubectl([
        'wait',
        `job/${name}`,
        `--for=condition=${condition}`,
        '-n',
        namespace,
        '--timeout=20s',
      ]);
    await Promise.all([wait('migrates', 'Complete'), wait('breaks', 'Failed')]);
  });

  function job(name: string, image: string): object {
    const annotations = { 'testbed/run-for': '1s' };
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace },
      spec: {
        backoffLimit: 0,
        template: {
          metadata: { annotations },
          spec: { restartPolicy: 'Never', containers: [{ name: 'migrate', image }] },
        },
      },
    };
  }

  async function reasons(app: string): Promise<string[]> {
    const path = `jsonpath={range .items[?(@.involvedObject.kind=="Pod")]}{.involvedObject.name} {.reason}{"\\n"}{end}`;
    const output = await cluster.kubectl(['get', 'events', '-n', namespace, '-o', path]);
    return output
      .split('\n')
      .filter((line) => line.startsWith(`${app}-`))
      .map((line) => line.split(' ')[1] ?? '');
  }
});
