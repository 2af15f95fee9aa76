import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';

import { loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { containerLogs } from '../../src/cluster/logs/container-log.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import type { DeploymentRecords } from '../../src/domain/rollout/records.ts';
import type { LogLine } from '../../src/domain/logs/line.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { deploymentPods } from '../../src/runs/deployment-pods.ts';
import { errorLinesSince } from '../../src/runs/error-lines.ts';
import { LogSession, type LogSessionOptions } from '../../src/runs/log-session.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { cuttableProxy, type CuttableProxy } from './cuttable-proxy.ts';
import { deploymentOf } from './testbed/workloads.ts';
import { VirtualClock } from '../unit/virtual-clock.ts';
import { namedOnly } from '../unit/cluster/named-only.ts';

describe('the logs of a deployment', function () {
  this.timeout(60_000);
  let cluster: Cluster;
  let namespace: string;
  let api: Transport;
  let cuttable: Transport;
  let proxy: CuttableProxy;
  let store: ClusterStore;
  let session: LogSession | undefined;
  let lines: LogLine[];

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'tail');
    const silent = { 'testbed/logs': 'silent' };
    const crashing = { 'testbed/back-off': '2s' };
    await cluster.apply([
      deploymentOf(namespace, 'many', 'web:1.4', { replicas: 5, annotations: silent }),
      deploymentOf(namespace, 'cut', 'web:1.4', { replicas: 2, annotations: silent }),
      deploymentOf(namespace, 'crash', 'web:1.4-crash', { replicas: 1, annotations: crashing }),
      deploymentOf(namespace, 'nopull', 'web:1.4-nopull', { replicas: 1 }),
    ]);
    const available = ['--for=condition=Available', '-n', namespace, '--timeout=60s'];
    await cluster.kubectl(['wait', 'deploy/many', 'deploy/cut', ...available]);
    const kubeconfig = await loadKubeconfig([cluster.kubeconfig]);
    const login = () => kubeconfig.credentials(kubeconfig.currentContext ?? '');
    proxy = await cuttableProxy(cluster.server);
    api = new Transport(cluster.server, login);
    cuttable = new Transport(proxy.server, login);
    store = new ClusterStore(api, realClock, namedOnly(namespace));
    await eventually('the pods', async () => podNames('many').length === 5 && podNames('cut').length === 2);
  });

  afterEach(() => session?.dispose());

  after(async () => {
    store.dispose();
    api.dispose();
    cuttable.dispose();
    await proxy.close();
  });

  function records(name: string): DeploymentRecords {
    const found = store.find(namespace, name);
    assert.ok(found, `the deployment ${name}`);
    return found;
  }

  function podNames(name: string): string[] {
    return (store.find(namespace, name)?.pods ?? []).map((pod) => pod.name);
  }

  function tail(name: string, options: Partial<LogSessionOptions> = {}, over = api): LogSession {
    lines = [];
    const pods = deploymentPods(store, records(name).deployment.uid);
    const scope = { kind: 'deployment' } as const;
    const logs = containerLogs(over, realClock);
    session = new LogSession({ logs, clock: realClock, pods, scope, ...options });
    session.addCredit(1_000_000);
    session.onBatch((batch) => lines.push(...batch.lines));
    return session;
  }

  const texts = (): string[] => lines.map(({ text }) => text);

  function numbers(from: number, to: number): string[] {
    return Array.from({ length: to - from }, (_, i) => `line ${from + i}`);
  }

  it('are one log in time order, those of the past and those that come', async () => {
    const pods = podNames('many');
    const write = (from: number, to: number): void => {
      for (const [i, text] of numbers(from, to).entries())
        cluster.logs.append(namespace, pods[i % pods.length] ?? '', 'app', [text]);
    };
    write(0, 100);
    // Its time stands until the past is there: how long it waits for a slow stream is told by other tests.
    const clock = new VirtualClock();
    const tailed = tail('many', { clock });
    await eventually('the past to be read', async () => tailed.status().received >= 100);
    await clock.advance(2_000);
    assert.deepEqual(
      lines.map(({ at }) => at),
      lines.map(({ at }) => at).toSorted(),
    );
    assert.deepEqual(texts().toSorted(), numbers(0, 100).toSorted());
    write(100, 200);
    await eventually('what comes', async () => {
      await clock.advance(100);
      return lines.length >= 200;
    });
    assert.deepEqual(texts().slice(100).toSorted(), numbers(100, 200).toSorted());
    assert.equal(new Set(lines.map(({ source }) => source.pod)).size, 5);
    const { streams, state, dropped } = tailed.status();
    assert.deepEqual({ streams, state, dropped }, { streams: 5, state: 'live', dropped: 0 });
  });

  it('lose and double no line while their connections are cut again and again', async () => {
    const pods = podNames('cut');
    const tailed = tail('cut', {}, cuttable);
    await eventually('the streams', async () => tailed.status().state === 'live');
    let written = 0;
    for (let round = 1; round <= 6; round++) {
      for (const pod of pods) cluster.logs.append(namespace, pod, 'app', numbers(written, written + 50));
      written += 50;
      const seen = lines.length;
      await eventually('some lines', async () => lines.length > seen);
      await eventually('a connection to cut', async () => proxy.cut() > 0);
      for (const pod of pods) cluster.logs.append(namespace, pod, 'app', numbers(written, written + 50));
      written += 50;
    }
    await eventually('all lines', async () => lines.length >= written * pods.length);
    for (const pod of pods)
      assert.deepEqual(
        lines.filter(({ source }) => source.pod === pod).map(({ text }) => text),
        numbers(0, written),
      );
  });

  it('go on over the restarts of a crashing container, each run once', async () => {
    const tailed = tail('crash');
    const crashes = (): LogLine[] => lines.filter(({ level }) => level === 'fatal');
    await eventually('three crashes', async () => crashes().length >= 3);
    assert.ok(tailed.status().received >= 3);
    const seen = lines.map(({ at, text }) => `${at} ${text}`);
    assert.deepEqual(seen, [...new Set(seen)]);
    assert.deepEqual(seen, seen.toSorted());
    const runs = lines.filter(({ text }) => /listening/.test(text)).length;
    assert.ok(Math.abs(runs - crashes().length) <= 1, `${runs} starts, ${crashes().length} crashes`);
  });

  it('of the previous run are read on demand', async () => {
    await eventually('a restart', async () => records('crash').pods.some(({ restarts }) => restarts > 0));
    const tailed = tail('crash', { previous: true });
    await eventually('the last words', async () => /migration check failed/.test(texts().at(-1) ?? ''));
    assert.ok(lines.every(({ source }) => source.previous));
    tailed.dispose();
    const never = tail('many', { previous: true });
    await eventually('the answer', async () => never.status().state === 'ended');
    assert.equal(never.status().message, 'No container has run before its present run.');
  });

  it('wait, with the reason, for a container that never started', async () => {
    const tailed = tail('nopull');
    await eventually('the reason', async () => /pull/.test(tailed.status().message ?? ''));
    assert.equal(tailed.status().state, 'waiting');
  });

  it('show a new pod from its first line on, and let the old one go', async () => {
    const tailed = tail('many', { start: { tailLines: 1 } });
    await eventually('the streams', async () => tailed.status().state === 'live');
    const old = podNames('many');
    await cluster.kubectl(['delete', 'pod', old[0] ?? '', '-n', namespace, '--wait=false']);
    const fresh = await eventually('a new pod', async () =>
      podNames('many').find((name) => !old.includes(name)),
    );
    cluster.logs.append(namespace, fresh, 'app', numbers(0, 30));
    await eventually(
      'its lines',
      async () => lines.filter(({ source }) => source.pod === fresh).length === 30,
    );
    await eventually('five streams', async () => tailed.status().streams === 5);
  });

  it('that may not be read say so', async () => {
    const user = 'log-stranger';
    const file = `${cluster.folder}/${user}.kubeconfig`;
    await writeFile(file, cluster.kubeconfigFor(user));
    const kubeconfig = await loadKubeconfig([file]);
    const stranger = new Transport(cluster.server, () => kubeconfig.credentials(user));
    const tailed = tail('many', {}, stranger);
    await eventually('the refusal', async () => tailed.status().state === 'ended');
    assert.match(tailed.status().message ?? '', /5 containers not shown: User ".*" may not get pods/);
    stranger.dispose();
  });

  it('tell how many lines since a time are errors', async () => {
    await eventually('a crash', async () => records('crash').pods.some(({ restarts }) => restarts > 0));
    const signal = AbortSignal.timeout(20_000);
    const bad = await errorLinesSince(api, records('crash').pods, '2026-01-01T00:00:00Z', { signal });
    assert.ok(bad.count >= 2, `${bad.count} error lines`);
    assert.ok(bad.errors.some(({ text }) => /tracks_v2/.test(text)));
    assert.deepEqual(bad.unread, []);
    const since = new Date(Date.now() + 3_600_000).toISOString();
    const none = await errorLinesSince(api, records('crash').pods, since, { signal });
    assert.equal(none.examined, 0);
  });
});
