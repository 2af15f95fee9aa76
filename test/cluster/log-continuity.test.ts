import assert from 'node:assert/strict';

import { loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { containerLogs } from '../../src/cluster/logs/container-log.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import type { LogLine } from '../../src/domain/logs/line.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { deploymentPods } from '../../src/runs/deployment-pods.ts';
import { LogSession } from '../../src/runs/log-session.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace } from '../testbed/cluster/shared.ts';
import { startCluster } from '../testbed/cluster/start.ts';
import { eventually } from '../testbed/eventually.ts';
import { namedOnly } from '../unit/cluster/named-only.ts';
import { cuttableProxy, type CuttableProxy } from './cuttable-proxy.ts';
import { JumpingClock } from './jumping-clock.ts';
import { deploymentOf } from './testbed/workloads.ts';

const seed = Number(process.env['SEED'] ?? 20_261_124);
const kinds = ['cut', 'halfOpen', 'apiServerRestart', 'containerRestart', 'rotation', 'sleep'] as const;
type Kind = (typeof kinds)[number];

describe('numbered lines', function () {
  this.timeout(300_000);
  let cluster: Cluster;
  let namespace: string;
  let api: Transport;
  let through: Transport;
  let proxy: CuttableProxy;
  let store: ClusterStore;
  let clock: JumpingClock;
  let session: LogSession;
  let lines: LogLine[];
  let written: Map<string, number>;
  let restarts = 0;
  /** `pod: line N`: the first line of a file that a rotation began. */
  const rotatedBefore = new Set<string>();

  before(async () => {
    cluster = await startCluster();
    namespace = await freshNamespace(cluster, 'numbers');
    const annotations = { 'testbed/logs': 'silent' };
    await cluster.apply([deploymentOf(namespace, 'web', 'web:1.4', { replicas: 3, annotations })]);
    const available = ['--for=condition=Available', '-n', namespace, '--timeout=60s'];
    await cluster.kubectl(['wait', 'deploy/web', ...available]);
    const kubeconfig = await loadKubeconfig([cluster.kubeconfig]);
    const login = () => kubeconfig.credentials(kubeconfig.currentContext ?? '');
    proxy = await cuttableProxy(cluster.server);
    api = new Transport(cluster.server, login);
    through = new Transport(proxy.server, login);
    store = new ClusterStore(api, realClock, namedOnly(namespace));
    await eventually('the pods', async () => pods().length === 3);
  });

  beforeEach(() => {
    clock = new JumpingClock();
    lines = [];
    written = new Map(pods().map((pod) => [pod, 0]));
    const uid = store.find(namespace, 'web')?.deployment.uid ?? '';
    const logs = containerLogs(through, clock);
    const start = { since: new Date().toISOString() };
    session = new LogSession({
      logs,
      clock,
      pods: deploymentPods(store, uid),
      scope: { kind: 'deployment' },
      start,
    });
    session.addCredit(1_000_000);
    session.onBatch((batch) => lines.push(...batch.lines));
  });

  afterEach(() => session.dispose());

  after(async () => {
    store.dispose();
    api.dispose();
    through.dispose();
    await proxy.close();
    await cluster.stop();
  });

  function pods(): string[] {
    return (store.find(namespace, 'web')?.pods ?? []).map(({ name }) => name);
  }

  function write(count: number): void {
    for (const [pod, from] of written) {
      const numbers = Array.from({ length: count }, (_, i) => `line ${from + i}`);
      cluster.logs.append(namespace, pod, 'app', numbers);
      written.set(pod, from + count);
    }
  }

  function textsOf(pod: string): string[] {
    return lines.filter(({ source }) => source.pod === pod).map(({ text }) => text);
  }

  /**
   * Where a log was rotated while its stream was just being opened anew, nobody can know whether the first line of the new
   * file follows the last one read, and the log says so. Such a mark may stand nowhere else.
   */
  function withoutHonestDoubt(pod: string, texts: readonly string[]): readonly string[] {
    return texts.filter(
      (text, i) =>
        !(text.startsWith('⋯ Lines may be missing here') && rotatedBefore.has(`${pod}: ${texts[i + 1]}`)),
    );
  }

  function caughtUp(): Promise<unknown> {
    return eventually('all lines', async () =>
      [...written].every(([pod, count]) => textsOf(pod).includes(`line ${count - 1}`)),
    );
  }

  /** As a kubelet does when a container has ended and is started again. */
  async function restartContainers(): Promise<void> {
    for (const pod of pods()) {
      const before = `line ${(written.get(pod) ?? 0) - 1}`;
      const path = `/api/v1/namespaces/${namespace}/pods/${pod}/status`;
      const found = JSON.parse((await cluster.client.request('GET', path)).body);
      const [status] = found.status.containerStatuses;
      const now = new Date().toISOString().replace(/\.\d+/, '');
      const terminated = {
        exitCode: 1,
        reason: 'Error',
        startedAt: status.state.running.startedAt,
        finishedAt: now,
      };
      status.restartCount++;
      status.lastState = { terminated };
      status.state = { running: { startedAt: now } };
      const answer = await cluster.client.request('PUT', path, found);
      assert.equal(answer.status, 200, answer.body);
      // Else the next lines would still be of the run before, and a rotation would take away what nobody could have read.
      await eventually('a log of the new run', async () => {
        const log = await cluster.client.request('GET', path.replace(/status$/, 'log'));
        return !log.body.split('\n').includes(before);
      });
    }
  }

  const disturb: Readonly<Record<Kind, () => Promise<void>>> = {
    async cut() {
      await eventually('a connection to cut', async () => proxy.cut() > 0);
    },
    async halfOpen() {
      proxy.freeze();
      proxy.thaw();
      write(20);
      await clock.pass(60_000);
      // By itself: what is cut next would open the connection anew anyway.
      await caughtUp();
    },
    async apiServerRestart() {
      await cluster.stopApiServer();
      write(20);
      await cluster.restartApiServer();
    },
    async containerRestart() {
      // The log of one run before the present one is kept: two restarts that nobody saw would lose lines.
      await caughtUp();
      // Each other time nobody reads meanwhile.
      if (restarts++ % 2 === 0) proxy.cut();
      write(20);
      await restartContainers();
    },
    async rotation() {
      await caughtUp();
      for (const pod of pods()) {
        cluster.logs.rotate(namespace, pod, 'app');
        rotatedBefore.add(`${pod}: line ${written.get(pod)}`);
      }
      write(20);
      await caughtUp();
    },
    async sleep() {
      proxy.freeze();
      clock.sleepThrough(3_600_000);
      write(20);
      proxy.thaw();
      await caughtUp();
    },
  };

  it('come each once and in order through twenty disturbances', async () => {
    write(10);
    await caughtUp();
    const order = shuffled(Array.from({ length: 20 }, (_, i) => kinds[i % kinds.length] ?? 'cut'));
    for (const kind of order) {
      write(20);
      await disturb[kind]();
      write(20);
    }
    await caughtUp();
    for (const [pod, count] of written)
      assert.deepEqual(
        withoutHonestDoubt(pod, textsOf(pod)),
        Array.from({ length: count }, (_, i) => `line ${i}`),
        `${pod}, seed ${seed}: ${order.join(', ')}`,
      );
  });

  it('that were rotated away while nobody read are told as a gap in their place', async () => {
    write(10);
    await caughtUp();
    session.setVisible(false);
    write(10);
    for (const pod of pods()) cluster.logs.rotate(namespace, pod, 'app');
    write(10);
    session.setVisible(true);
    await caughtUp();
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => `line ${from + i}`);
    for (const pod of pods()) {
      const texts = textsOf(pod);
      const [gap = ''] = texts.splice(10, 1);
      assert.match(gap, /^⋯ Lines may be missing here/);
      assert.deepEqual(texts, [...numbers(0, 10), ...numbers(20, 30)]);
    }
  });
});

/** The same order for the same seed (mulberry32). */
function shuffled<T>(items: readonly T[]): T[] {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
