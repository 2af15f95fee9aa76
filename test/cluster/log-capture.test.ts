import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { containerLogs } from '../../src/cluster/logs/container-log.ts';
import { ClusterStore } from '../../src/cluster/store/store.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import type { DeploymentRecords } from '../../src/domain/rollout/records.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { deploymentPods } from '../../src/runs/deployment-pods.ts';
import { captureFailingLogs } from '../../src/runs/log-capture.ts';
import { CapturedLogs } from '../../src/runs/log-captured.ts';
import { LogSession } from '../../src/runs/log-session.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { eventually } from '../testbed/eventually.ts';
import { namedOnly } from '../unit/cluster/named-only.ts';
import { deploymentOf } from './testbed/workloads.ts';

describe('many logs at once', function () {
  this.timeout(240_000);
  let cluster: Cluster;
  let namespace: string;
  let api: Transport;
  let store: ClusterStore;
  let folder: string;

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'many-logs');
    const crashing = { 'testbed/back-off': '2s' };
    const silent = { 'testbed/logs': 'silent' };
    await cluster.apply([
      deploymentOf(namespace, 'crash', 'web:1.4-crash', { replicas: 2, annotations: crashing }),
      deploymentOf(namespace, 'wide', 'web:1.4', { replicas: 300, annotations: silent }),
    ]);
    const kubeconfig = await loadKubeconfig([cluster.kubeconfig]);
    api = new Transport(cluster.server, () => kubeconfig.credentials(kubeconfig.currentContext ?? ''));
    store = new ClusterStore(api, realClock, namedOnly(namespace));
    folder = await mkdtemp(join(tmpdir(), 'capture-'));
  });

  after(async () => {
    store.dispose();
    api.dispose();
    await rm(folder, { recursive: true });
    await cluster.kubectl(['delete', 'deploy', 'wide', '-n', namespace, '--wait=false']);
  });

  function records(name: string): DeploymentRecords {
    const found = store.find(namespace, name);
    assert.ok(found, `the deployment ${name}`);
    return found;
  }

  it('of crashing pods are captured with the runs before, and stay when the pods are gone', async () => {
    await eventually('two restarts of each', async () => {
      const pods = store.find(namespace, 'crash')?.pods ?? [];
      return pods.length === 2 && pods.every(({ restarts }) => restarts >= 2);
    });
    const { pods } = records('crash');
    const signal = AbortSignal.timeout(60_000);
    const summary = await captureFailingLogs({ api, clock: realClock, pods, revision: 1, folder, signal });
    assert.deepEqual(new Set(summary.sources.map(({ pod }) => pod)), new Set(pods.map(({ name }) => name)));
    // A run that has just begun may have said nothing yet.
    assert.ok(
      summary.sources.every(
        ({ lines, previous, problem }) => problem === undefined && (lines > 0 || !previous),
      ),
    );
    await cluster.kubectl(['delete', 'deploy', 'crash', '-n', namespace, '--wait=false']);
    await eventually('no pods', async () => (store.find(namespace, 'crash')?.pods ?? []).length === 0);
    const captured = await CapturedLogs.open(folder);
    const errors = (await captured?.newestErrors(50)) ?? [];
    assert.ok(errors.some(({ text }) => /migration check failed, exiting with 1/.test(text)));
    assert.ok(errors.some(({ text }) => /tracks_v2/.test(text)));
    assert.deepEqual(
      errors.map(({ at }) => at),
      errors.map(({ at }) => at).toSorted(),
    );
  });

  it('of 300 pods are followed, and every line comes once', async () => {
    await eventually(
      '300 pods',
      async () => {
        const pods = store.find(namespace, 'wide')?.pods ?? [];
        return pods.length === 300 && pods.every(({ ready }) => ready);
      },
      { limit: 120_000 },
    );
    const { deployment, pods } = records('wide');
    const session = new LogSession({
      logs: containerLogs(api, realClock),
      clock: realClock,
      pods: deploymentPods(store, deployment.uid),
      scope: { kind: 'deployment' },
    });
    const texts: string[] = [];
    session.addCredit(1_000_000);
    session.onBatch(({ lines }) => texts.push(...lines.map(({ text }) => text)));
    const write = (round: number) => {
      for (const { name } of pods)
        cluster.logs.append(namespace, name, 'app', [`${name} ${round}`, `${name} ${round} again`]);
    };
    write(0);
    await eventually('300 streams', async () => session.status().streams === 300);
    await eventually('the first lines', async () => texts.length === 600);
    for (let round = 1; round <= 5; round++) write(round);
    await eventually('all lines', async () => texts.length >= 3_600);
    for (const { name } of pods)
      assert.deepEqual(
        texts.filter((text) => text.startsWith(`${name} `)),
        [0, 1, 2, 3, 4, 5].flatMap((round) => [`${name} ${round}`, `${name} ${round} again`]),
      );
    assert.equal(texts.length, 3_600);
    assert.equal(session.status().dropped, 0);
    session.dispose();
  });
});
