import assert from 'node:assert/strict';
import { join } from 'node:path';

import type { CheckResult } from '../../src/domain/runbook/checks.ts';
import { type StepId, stepsOf } from '../../src/domain/runbook/steps.ts';
import { CapturedLogs } from '../../src/runs/log-captured.ts';
import type { Runbook } from '../../src/runs/runbook.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { type Loopback, loopback } from '../unit/cluster/loopback.ts';
import { deploymentOf } from './testbed/workloads.ts';
import { get, inFreshNamespace, ready, releases, type RollbackBed } from './rollback-bed.ts';

const early = stepsOf('prerequisites', 'issue');
const backOff = { annotations: { 'testbed/back-off': '1s' } };

describe('a run that opens', function () {
  this.timeout(120_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;
  let service: Loopback;

  inFreshNamespace('opens', (place) => ({ cluster, namespace, bed } = place));

  before(async () => {
    service = await loopback((_request, response) => void response.writeHead(503).end('no pod is ready'));
  });

  after(() => service.close());

  function result({ run }: Runbook, step: StepId): CheckResult {
    const found = run.state.steps[step]?.result;
    assert.ok(found, step);
    return found;
  }

  const words = ({ evidence }: CheckResult) => evidence.map(({ text }) => text).join('\n');

  async function failing(name: string, restarts: number): Promise<void> {
    await eventually(`${name} to fail`, async () => {
      const pods = bed.connection.store.find(namespace, name)?.pods ?? [];
      return pods.some((pod) => pod.failing && pod.restarts >= restarts);
    });
  }

  /** Opens a run and waits until all that goes on by itself has ended. */
  async function opened(
    name: string,
    settings: Parameters<RollbackBed['runbook']>[1] = {},
  ): Promise<Runbook> {
    const runbook = await bed.runbook(name, settings);
    runbook.goOnByItself();
    await eventually('the steps before the decision', async () =>
      early.every((step) => runbook.run.state.steps[step]?.state === 'ended'),
    );
    return runbook;
  }

  it('carries every step before the decision out by itself, writes nothing, and says what each has found', async () => {
    await cluster.kubectl(['create', 'configmap', 'flags', '-n', namespace]);
    await releases(cluster, namespace, 'web', ['web:1.3', 'web:1.4-crash'], {
      ...backOff,
      podSpec: { volumes: [{ name: 'flags', configMap: { name: 'flags' } }] },
    });
    await failing('web', 1);
    const from = (await cluster.audit()).length;
    const attachments = join(bed.folder, 'web-kept');
    const endpoints = () => ({ health: `${service.url}/health`, critical: [] });
    const runbook = await opened('web', { attachments, endpoints });

    const access = result(runbook, 'access');
    assert.deepEqual([access.state, access.summary], ['ok', '21 of 21 permissions']);
    assert.equal(access.table?.rows.length, 21);

    const returnable = result(runbook, 'returnable');
    assert.deepEqual([returnable.state, returnable.summary], ['ok', '1 · 1.3']);
    assert.equal(returnable.recommended?.revision.revision, 1);
    assert.match(words(returnable), /There: ConfigMap flags\./);
    assert.match(returnable.recommended?.why ?? '', /Whether it was good is unknown/);

    const issue = result(runbook, 'issue');
    assert.equal(issue.state, 'ok');
    assert.match(issue.summary, /crash-looping/);
    assert.match(words(issue), /Container app: image web:1\.4-crash, requests none; limits none/);
    assert.match(words(issue), /Replicas: 3 desired, 1 updated/);
    assert.ok(issue.advice?.some(({ action }) => action === 'showLogs'));
    assert.ok(issue.advice?.some(({ action }) => action === 'describePod'));

    const events = result(runbook, 'events');
    assert.equal(events.state, 'ok');
    assert.match(words(events), /Deployment\/web ScalingReplicaSet/);
    assert.match(words(events), /ReplicaSet\/web-\S+ SuccessfulCreate/);
    assert.match(words(events), /Pod\/web-\S+ Scheduled/);
    const times = events.evidence.map(({ at }) => Date.parse(at));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );

    const endpoint = result(runbook, 'endpoint');
    assert.equal(endpoint.state, 'warning');
    assert.match(endpoint.summary, /^503 · \d+ ms$/);

    const capture = result(runbook, 'capture');
    assert.equal(capture.state, 'ok', words(capture));
    assert.match(capture.summary, /^1 pod, [\d,]+ lines, \d+ restarts?$/);
    assert.match(words(capture), /CPU and memory are not measured: the cluster has no metrics API/);
    // A container that waits for its restart has one log alone: then it is read again.
    await eventually('both runs to be kept', async () => {
      const kept = await CapturedLogs.open(attachments);
      if (new Set(kept?.sources.map(({ previous }) => previous)).size === 2) return true;
      await runbook.retry('capture');
      return false;
    });

    assert.deepEqual(
      [result(runbook, 'before').state, result(runbook, 'before').summary],
      ['warning', 'unknown'],
    );
    const written = (await cluster.audit())
      .slice(from)
      .filter(
        ({ userAgent, verb }) =>
          userAgent === 'kubernetes-rollback' && !['get', 'list', 'watch'].includes(verb),
      );
    assert.deepEqual(new Set(written.map(({ resource }) => resource)), new Set(['selfsubjectaccessreviews']));
  });

  it('keeps the failing pods’ last lines once more when the rollback is confirmed, before they go', async () => {
    await releases(cluster, namespace, 'late', ['web:1.3', 'web:1.4-unready']);
    const unready = () => {
      const { replicaSets = [], pods = [] } = bed.connection.store.find(namespace, 'late') ?? {};
      const uid = replicaSets.find(({ revision }) => revision === 2)?.uid;
      return pods.find(({ ownerUid, state }) => ownerUid === uid && state === 'Running');
    };
    await eventually('a pod that does not get ready', async () => unready() !== undefined);
    const attachments = join(bed.folder, 'late-kept');
    const runbook = await opened('late', { attachments });
    const pod = unready();
    assert.ok(pod);
    const preview = ready(await runbook.prepare(0));
    cluster.logs.append(namespace, pod.name, 'app', ['the very last line before the rollback']);
    assert.equal((await runbook.rollBack(preview)).kind, 'applied');
    assert.equal((await runbook.follow()).kind, 'complete');
    await eventually('the capture to end', async () => runbook.run.state.steps.capture?.state === 'ended');
    const kept = await CapturedLogs.open(attachments);
    const texts: string[] = [];
    for await (const { text } of kept?.inTimeOrder() ?? []) texts.push(text);
    assert.ok(
      texts.some((text) => text.includes('the very last line before the rollback')),
      texts.slice(-20).join('\n'),
    );
    // What follows the rollback goes on by itself too.
    await eventually(
      'the pods of the rollback',
      async () => runbook.run.state.steps.podsReady?.state === 'ended',
    );
    runbook.dispose();
  });

  it('passes over a revision whose ConfigMap is gone, and says what the quota does not admit', async () => {
    await cluster.kubectl(['create', 'configmap', 'gone', '-n', namespace]);
    const asking = { requests: { cpu: '2' }, limits: { cpu: '2' } };
    const containers = (image: string) => [{ name: 'app', image, resources: asking }];
    await releases(cluster, namespace, 'needy', ['web:1.1'], { replicas: 1 });
    const needing = {
      replicas: 1,
      podSpec: { containers: containers('web:1.2'), volumes: [{ name: 'g', configMap: { name: 'gone' } }] },
    };
    const third = { replicas: 1, podSpec: { containers: containers('web:1.3') } };
    for (const [index, options] of [needing, third].entries()) {
      await cluster.apply([deploymentOf(namespace, 'needy', 'unused', options)]);
      await eventually(`revision ${index + 2}`, async () => {
        const path = '{.metadata.annotations.deployment\\.kubernetes\\.io/revision}';
        return (await get(cluster, namespace, 'needy', path)) === String(index + 2);
      });
    }
    await cluster.kubectl(['delete', 'configmap', 'gone', '-n', namespace]);
    await cluster.kubectl(['create', 'quota', 'small', '--hard=limits.cpu=4', '-n', namespace]);
    await eventually('the quota to be counted', async () => {
      const path = '-o=jsonpath={.status.used.limits\\.cpu}';
      return (await cluster.kubectl(['get', 'quota', 'small', '-n', namespace, path])) !== '';
    });
    try {
      const runbook = await opened('needy');
      const returnable = result(runbook, 'returnable');
      assert.equal(returnable.recommended?.revision.revision, 1, words(returnable));
      assert.match(words(returnable), /Revision 2 is passed over: ConfigMap gone is gone\./);
      assert.match(words(returnable), /Quota not known: ResourceQuota small counts limits\.cpu/);
    } finally {
      await cluster.kubectl(['delete', 'quota', 'small', '-n', namespace]);
    }
  });

  it('says that there is nothing to return to where there is one revision alone', async () => {
    await releases(cluster, namespace, 'only', ['web:1.2']);
    const runbook = await opened('only');
    const { state, detail, advice } = result(runbook, 'returnable');
    assert.equal(state, 'failed');
    assert.match(detail ?? '', /No rollout history found for deployment "only"/);
    assert.match(advice?.[0]?.words ?? '', /deploy the wanted version again/);
    assert.deepEqual(
      [result(runbook, 'issue').state, result(runbook, 'issue').summary],
      ['warning', 'no issue seen'],
    );
  });

  it('says to go further back where the revision of the rollback fails too', async () => {
    await releases(cluster, namespace, 'deep', ['web:1.2', 'web:1.3-crash', 'web:1.4-crash'], {
      ...backOff,
      spec: { progressDeadlineSeconds: 5 },
    });
    await failing('deep', 0);
    const runbook = await bed.runbook('deep', { readyWithinMs: () => 300 });
    await runbook.rollBack(ready(await runbook.prepare(2)));
    const end = await runbook.follow();
    assert.equal(end.kind, 'failed', end.message);
    const further = end.advice?.find(({ action }) => action === 'rollBackToRevision');
    assert.match(
      further?.words ?? '',
      /The previous version fails too: go further back to revision 1 \(1\.2\)/,
    );
    assert.equal(further?.target, '1');
    await runbook.retry('podsReady');
    assert.equal(result(runbook, 'podsReady').advice?.at(-1)?.target, '1');
    assert.equal(
      await get(cluster, namespace, 'deep', '{.spec.template.spec.containers[0].image}'),
      'web:1.3-crash',
    );
  });
});
