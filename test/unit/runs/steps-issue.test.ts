import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { FigureSample } from '../../../src/domain/figures/sample.ts';
import { baselineOf } from '../../../src/domain/figures/baseline.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { CapturedLogs } from '../../../src/runs/log-captured.ts';
import { before } from '../../../src/runs/steps/before.ts';
import { capture } from '../../../src/runs/steps/capture.ts';
import { endpoint } from '../../../src/runs/steps/endpoint.ts';
import { events } from '../../../src/runs/steps/events.ts';
import { issue } from '../../../src/runs/steps/issue.ts';
import { loopback } from '../cluster/loopback.ts';
import { confirmed, to } from '../domain/runbook/run-events.ts';
import { crashing, namespace, RunBed, wordsOf } from './run-bed.ts';

const forbidden = new ApiError('forbidden', 'may not', { status: 403 });

let bed: RunBed;

beforeEach(async () => {
  bed = await RunBed.make();
});

afterEach(() => bed.close());

describe('the issue', () => {
  it('is the live state in words, with advice for its cause and for a node under pressure', async () => {
    const conditions = [
      { type: 'DiskPressure', status: 'True' },
      { type: 'Ready', status: 'True' },
    ];
    bed.api.objects['/api/v1/nodes/node-1'] = { status: { conditions } };
    const found = await bed.result(issue);
    assert.deepEqual([found.state, found.summary], ['ok', '2 pods crash-looping (exit code 1)']);
    assert.match(wordsOf(found), /api-a: CrashLoopBackOff, 2 restarts, crash loop: exit code 1/);
    assert.match(wordsOf(found), /Container api: image api:v2, requests none; limits none/);
    assert.ok(found.advice?.some(({ words }) => words.includes('DiskPressure')));
    assert.ok(found.advice?.some(({ action }) => action === 'showYaml'));
  });

  it('does not read nodes that the user may not read', async () => {
    bed.api.denied.add('get nodes');
    await bed.result(issue);
    assert.ok(!bed.api.asked.some((path) => path.includes('/nodes/')));
  });
});

describe('the events of a run', () => {
  const event = (uid: string, object: object, reason: string, last: string, more: object = {}) => ({
    metadata: { uid },
    type: 'Warning',
    reason,
    message: `${reason} said`,
    involvedObject: object,
    firstTimestamp: last,
    lastTimestamp: last,
    ...more,
  });
  const pod = { kind: 'Pod', name: 'api-bad-bcdfg', uid: 'p' };

  it('are those of the deployment, its ReplicaSets and pods, oldest first, what repeats counted', async () => {
    bed.api.objects[`${namespace}/events`] = {
      items: [
        event('1', pod, 'BackOff', '2026-01-01T00:09:00Z', { count: 4 }),
        event('2', pod, 'BackOff', '2026-01-01T00:08:00Z', { count: 3 }),
        event(
          '3',
          { kind: 'Deployment', name: 'api', uid: 'deployment-uid' },
          'ScalingReplicaSet',
          '2026-01-01T00:01:00Z',
          { type: 'Normal' },
        ),
        event('4', { kind: 'Pod', name: 'web-x-bcdfg', uid: 'other' }, 'BackOff', '2026-01-01T00:02:00Z'),
      ],
    };
    const { state, summary, evidence } = await bed.result(events);
    assert.deepEqual([state, summary], ['ok', '2 events, 1 warning']);
    assert.deepEqual(evidence, [
      {
        text: 'Deployment/api ScalingReplicaSet: ScalingReplicaSet said',
        tone: 'plain',
        at: '2026-01-01T00:01:00Z',
      },
      {
        text: 'Pod/api-bad-bcdfg BackOff: BackOff said (×7)',
        tone: 'warning',
        at: '2026-01-01T00:09:00Z',
        pod: 'api-bad-bcdfg',
      },
    ]);
  });

  it('are none where nothing has happened of late', async () => {
    assert.deepEqual([(await bed.result(events)).state, (await bed.result(events)).summary], ['ok', 'none']);
  });

  it('cannot be told where they may not be listed', async () => {
    bed.api.objects[`${namespace}/events`] = forbidden;
    await assert.rejects(bed.result(events), { reason: 'forbidden' });
  });
});

describe('the health address before the rollback', () => {
  it('is no failure of the step where it answers badly: it is what people see', async () => {
    const service = await loopback((_request, response) => void response.writeHead(503).end());
    const endpoints = () => ({ health: service.url, critical: [] });
    const { state, summary, advice } = await bed.result(endpoint, { endpoints });
    await service.close();
    assert.equal(state, 'warning');
    assert.match(summary, /^503 · \d+ ms$/);
    assert.match(advice?.[0]?.words ?? '', /crash loop/);
  });

  it('is said not to be configured where none is set', async () => {
    assert.equal((await bed.result(endpoint)).state, 'notConfigured');
  });
});

describe('the captured state', () => {
  beforeEach(() => {
    for (const name of ['api-a', 'api-b']) {
      bed.api.logs[`${name}/api`] = '2026-01-01T00:00:02.000000000Z starting\n';
      bed.api.logs[`${name}/api/previous`] = '2026-01-01T00:00:01.000000000Z FATAL no table\n';
    }
  });

  it('is the last lines of the failing pods and of their runs before, their restarts and their usage', async () => {
    const usage = { cpu: '180m', memory: '200Mi' };
    bed.api.objects['/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods'] = {
      items: [{ metadata: { name: 'api-a' }, containers: [{ name: 'api', usage }] }],
    };
    const found = await bed.result(capture);
    assert.deepEqual([found.state, found.summary], ['ok', '2 pods, 4 lines, 4 restarts']);
    assert.deepEqual(found.table?.rows[0]?.cells, [
      'api-a',
      'CrashLoopBackOff',
      '2',
      'Error 1',
      '180m',
      '200Mi',
      '2',
    ]);
    const kept = await CapturedLogs.open(bed.settings.attachments);
    assert.equal(kept?.sources.length, 4);
  });

  it('is of the revision that is rolled back from, also once another one is current', async () => {
    const replacing = {
      ...crashing('api-c', true),
      metadata: { ...crashing('api-c').metadata, ownerReferences: [] },
    };
    bed.api.watched['/api/v1/pods'] = [crashing('api-a'), replacing];
    assert.match((await bed.result(capture, {}, [confirmed])).summary, /^1 pod, 2 lines/);
  });

  it('says what could not be read, and that nothing could', async () => {
    delete bed.api.logs['api-b/api'];
    bed.api.logs['api-b/api/previous'] = '';
    const partly = await bed.result(capture);
    assert.equal(partly.state, 'warning');
    assert.match(wordsOf(partly), /api-b \(api\): /);
    for (const key of Object.keys(bed.api.logs)) delete bed.api.logs[key];
    const { folder } = bed;
    const nothing = await bed.result(capture, { attachments: `${folder}/nothing` });
    assert.equal(nothing.state, 'failed', wordsOf(nothing));
    assert.match(nothing.detail ?? '', /No log of the failing pods can be read/);
  });

  it('stays where the pods are gone when it is asked for again', async () => {
    await bed.result(capture);
    const from = { revision: 8, replicaSetUid: 'gone-uid', replicaSetName: 'api-gone', version: 'v2' };
    const elsewhere: RunEvent = {
      kind: 'rollbackConfirmed',
      at: '2026-01-01T00:01:00Z',
      from,
      to,
      by: 'jane',
      command: '',
    };
    const again = await bed.result(capture, {}, [elsewhere]);
    assert.deepEqual([again.state, again.summary], ['ok', '4 lines kept before']);
  });

  it('is none where no pod could ever be created', async () => {
    bed.api.watched['/api/v1/pods'] = [];
    assert.deepEqual(
      [(await bed.result(capture)).state, (await bed.result(capture)).summary],
      ['warning', 'no pods'],
    );
  });

  it('ends at once when it is stopped, and keeps what it has', async () => {
    const stop = new AbortController();
    bed.api.beforeLog = new Promise(() => undefined);
    const capturing = bed.result(capture, {}, [], stop.signal);
    await bed.clock.advance(200);
    stop.abort();
    await assert.rejects(capturing, { reason: 'aborted' });
  });
});

describe('the state before the failure', () => {
  const sample = (at: number): FigureSample => ({
    at,
    ready: 3,
    desired: 3,
    restarts: 0,
    cpuMilli: 200,
    memoryBytes: undefined,
    errorLines: 0,
    latencyMs: 80,
    answered: true,
    failing: false,
  });

  it('is what was recorded while it was healthy, and when', async () => {
    const asked: number[] = [];
    const figures = () => ({
      recorded(until: number) {
        asked.push(until);
        return {
          samples: [],
          baseline: baselineOf([sample(0), sample(60_000)], until),
          usageMissing: undefined,
        };
      },
      onDidChange: () => ({ dispose: () => undefined }),
      hold: () => ({ dispose: () => undefined }),
    });
    const found = await bed.result(before, { figures });
    assert.deepEqual([found.state, found.summary], ['ok', '2 samples']);
    assert.match(wordsOf(found), /Latency 80 ms.*Not recorded: Memory/);
    assert.equal(found.evidence[0]?.at, '1970-01-01T00:01:00.000Z');
    const since = '2025-12-31T23:00:00Z';
    await bed.result(before, { figures }, [{ at: since, kind: 'issueSeen', words: 'crash loop', since }]);
    assert.equal(asked[1], Date.parse(since));
  });

  it('waits for what was recorded before this window was opened', async () => {
    let loaded = false;
    const figures = () => ({
      recorded: (until: number) => ({
        samples: [],
        baseline: loaded ? baselineOf([sample(0)], until) : undefined,
        usageMissing: undefined,
      }),
      hold: () => ({ dispose: () => undefined }),
      onDidChange: () => ({ dispose: () => undefined }),
    });
    const figuresLoaded = async () => void (loaded = true);
    assert.equal((await bed.result(before, { figures, figuresLoaded })).summary, '1 sample');
  });

  it('is said to be unknown where nothing was recorded', async () => {
    const { state, summary } = await bed.result(before);
    assert.deepEqual([state, summary], ['warning', 'unknown']);
  });
});
