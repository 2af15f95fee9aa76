import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { ApiServer, Query } from '../../../src/cluster/api-server.ts';
import type { LogScope } from '../../../src/domain/logs/line.ts';
import type { PodRecord } from '../../../src/domain/rollout/records.ts';
import { type CaptureLimits, captureFailingLogs } from '../../../src/runs/log-capture.ts';
import type { CaptureSummary } from '../../../src/runs/log-capture-index.ts';
import { capturedInScope } from '../../../src/runs/log-captured-scope.ts';
import { CapturedLogs } from '../../../src/runs/log-captured.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { podOf, stampAt } from './log-session-fakes.ts';

type Line = readonly [ms: number, text: string];

/** Serves the lines given for `pod/container` and `pod/container/previous`, the last ones as the query asks. */
class Served implements ApiServer {
  readonly server = 'https://served';
  readonly queries: Query[] = [];
  readonly logs: Record<string, readonly Line[] | ApiError>;

  constructor(logs: Record<string, readonly Line[] | ApiError>) {
    this.logs = logs;
  }

  get(): Promise<string> {
    return Promise.reject(new Error('Nothing but logs is asked for.'));
  }

  async stream(path: string, query: Query = {}): Promise<AsyncIterable<Uint8Array>> {
    this.queries.push(query);
    const pod = path.split('/').at(-2) ?? '';
    const key = `${pod}/${query['container']}${query['previous'] === undefined ? '' : '/previous'}`;
    const found = this.logs[key];
    if (found === undefined) {
      const words = 'previous terminated container "app" in pod "web" not found';
      throw new ApiError('badRequest', words, { status: 400 });
    }
    if (found instanceof ApiError) throw found;
    const text = found
      .slice(-Number(query['tailLines']))
      .map(([ms, said]) => `${stampAt(ms)} ${said}\n`)
      .join('');
    const bytes = new TextEncoder().encode(text).subarray(0, Number(query['limitBytes'] ?? Infinity));
    return (async function* () {
      yield bytes;
    })();
  }

  dispose(): void {}
}

describe('the logs of pods that are about to go', () => {
  let parent: string;
  let folder: string;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'capture-'));
    folder = join(parent, 'run-1');
  });

  afterEach(() => rm(parent, { recursive: true }));

  function capture(
    logs: Served['logs'],
    pods: readonly PodRecord[],
    limits: Partial<CaptureLimits> = {},
  ): Promise<CaptureSummary> {
    const api = new Served(logs);
    return captureFailingLogs({ api, clock: new VirtualClock(), pods, revision: 8, folder, limits, signal });
  }

  async function texts(): Promise<string[]> {
    const logs = await CapturedLogs.open(folder);
    assert.ok(logs);
    const all: string[] = [];
    for await (const { text } of logs.inTimeOrder()) all.push(text);
    return all;
  }

  it('are kept as files, each container with its run before, and read back in time order', async () => {
    const pods = [podOf('a', { restarts: 2 }), podOf('b', { containers: ['app', 'proxy'] })];
    const summary = await capture(
      {
        'a/app': [
          [3000, 'starting'],
          [3100, 'ERROR no table'],
        ],
        'a/app/previous': [
          [1000, 'starting'],
          [1100, 'FATAL no table'],
        ],
        'b/app': [[2000, 'from b']],
        'b/proxy': [[1050, 'from the proxy']],
      },
      pods,
    );
    assert.deepEqual(
      summary.sources
        .map(({ pod, container, previous, lines }) => [pod, container, previous, lines])
        .toSorted(),
      [
        ['a', 'app', false, 2],
        ['a', 'app', true, 2],
        ['b', 'app', false, 1],
        ['b', 'proxy', false, 1],
      ],
    );
    assert.deepEqual(summary.cut, { lines: 0, bytes: 0 });
    const inOrder = ['starting', 'from the proxy', 'FATAL no table', 'from b', 'starting', 'ERROR no table'];
    assert.deepEqual(await texts(), inOrder);
    const logs = await CapturedLogs.open(folder);
    assert.deepEqual(logs?.summary, summary);
    assert.match(logs?.notice ?? '', /as the containers printed them/);
    assert.deepEqual(
      (await logs?.newestErrors(1))?.map(({ text, source }) => [text, source.revision, source.previous]),
      [['ERROR no table', 8, false]],
    );
    const own = logs?.sources.find(({ pod, previous }) => pod === 'a' && previous);
    assert.deepEqual(own && (await logs?.lines(own))?.map(({ text }) => text), [
      'starting',
      'FATAL no table',
    ]);
  });

  it('tell in their place what was cut and what could not be read', async () => {
    const many: Line[] = Array.from({ length: 10 }, (_, i) => [i * 10, `line ${String(i).padStart(3, '0')}`]);
    const gone = new ApiError('notFound', 'pods "b" not found', { status: 404 });
    await capture({ 'a/app': many, 'b/app': gone }, [podOf('a'), podOf('b')], { bytes: 80 });
    const logs = await CapturedLogs.open(folder);
    assert.ok(logs);
    const told = [...(await logs.told(logs.sources))];
    assert.deepEqual(
      told.map(({ text, gap }) => (gap === true ? `[${text}]` : text)),
      [
        '[Captured: The pod was gone before its log was read.]',
        '[8 older lines (1 KiB) were captured and cut again: the limit for all captured logs of a run was reached.]',
        'line 008',
        'line 009',
      ],
    );
    assert.equal(told[1]?.at, stampAt(80));
  });

  it('belong to a deployment, revision, pod or container, and are of interest once the pod is gone', async () => {
    const pods = [
      podOf('a', { containers: ['app', 'proxy'], restarts: 1 }),
      podOf('b', { ownerUid: 'rs-7' }),
    ];
    const line: Line[] = [[1, 'x']];
    const { sources } = await capture(
      { 'a/app': line, 'a/app/previous': [[0, 'before']], 'a/proxy': line, 'b/app': line },
      pods,
    );
    const names = (scope: LogScope, present: readonly string[] = [], previous = false) =>
      capturedInScope(sources, scope, new Set(present), previous)
        .map(({ pod, container, previous: before }) => `${pod}/${container}${before ? ' before' : ''}`)
        .toSorted();
    assert.deepEqual(names({ kind: 'deployment' }), ['a/app', 'a/app before', 'a/proxy', 'b/app']);
    assert.deepEqual(names({ kind: 'deployment' }, ['uid-a']), ['b/app']);
    assert.deepEqual(names({ kind: 'revision', replicaSetUid: 'rs-7' }), ['b/app']);
    assert.deepEqual(names({ kind: 'pod', podUid: 'uid-a', container: 'proxy' }), ['a/proxy']);
    assert.deepEqual(names({ kind: 'deployment' }, [], true), ['a/app before']);
  });

  it('are readable by nobody else', async () => {
    await capture({ 'a/app': [[1, 'password=hunter2']] }, [podOf('a')]);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const name of await readdir(folder))
      assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name);
  });

  it('are cut to the limit, the oldest lines of all first, and the cut is told in numbers', async () => {
    const many = (from: number): Line[] =>
      Array.from({ length: 100 }, (_, i) => [from + i * 10, `line ${String(i).padStart(3, '0')}`]);
    // Each line takes 30 bytes of stamp, a space, 8 of text and its end: 40.
    const summary = await capture({ 'a/app': many(0), 'b/app': many(500) }, [podOf('a'), podOf('b')], {
      bytes: 4000,
    });
    assert.equal(summary.bytes, 4000);
    assert.deepEqual(summary.cut, { lines: 100, bytes: 4000 });
    const cut = Object.fromEntries(summary.sources.map(({ pod, cutLines }) => [pod, cutLines]));
    assert.deepEqual(cut, { a: 75, b: 25 });
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      4000,
    );
    assert.equal((await texts()).length, 100);
  });

  it('are their last lines, fewer where those are too long to be read', async () => {
    const long: Line[] = Array.from({ length: 1000 }, (_, i) => [i, `${i} ${'x'.repeat(1000)}`]);
    const summary = await capture({ 'a/app': long }, [podOf('a')], { lines: 1000, readBytes: 200_000 });
    const [source] = summary.sources;
    assert.equal(source?.lines, 100);
    assert.match(source?.problem ?? '', /only the last 100 were read/);
    assert.match((await texts()).at(-1) ?? '', /^999 x/);
  });

  it('are not kept twice where a waiting container gives one run for both', async () => {
    const run: Line[] = [[1, 'same run']];
    const summary = await capture({ 'a/app': run, 'a/app/previous': run }, [podOf('a', { restarts: 4 })]);
    assert.equal(summary.sources.length, 1);
    assert.deepEqual(await texts(), ['same run']);
  });

  it('keep a run that was captured as the present one when it is the run before, once', async () => {
    const run: Line[] = [
      [1, 'starting'],
      [2, 'exiting'],
    ];
    const captured = async () =>
      (await CapturedLogs.open(folder))?.sources.map(({ previous, lines }) => [previous, lines]);
    await capture({ 'a/app': run.slice(0, 1) }, [podOf('a')]);
    const restarted = [podOf('a', { restarts: 1 })];
    await capture({ 'a/app/previous': run, 'a/app': [] }, restarted);
    assert.deepEqual(await texts(), ['starting', 'exiting']);
    await capture({ 'a/app/previous': run, 'a/app': run }, restarted);
    await capture({ 'a/app/previous': run, 'a/app': [[3, 'starting again']] }, restarted);
    assert.deepEqual(await texts(), ['starting', 'exiting', 'starting again']);
    assert.deepEqual(await captured(), [
      [true, 2],
      [false, 1],
    ]);
  });

  it('that cannot be read say why', async () => {
    const forbidden = new ApiError('forbidden', 'pods "a" is forbidden', { status: 403 });
    const gone = new ApiError('notFound', 'pods "b" not found', { status: 404 });
    const summary = await capture({ 'a/app': forbidden, 'b/app': gone }, [podOf('a'), podOf('b')]);
    assert.deepEqual(
      summary.sources.map(({ pod, lines, problem }) => [pod, lines, problem]),
      [
        ['a', 0, 'pods "a" is forbidden'],
        ['b', 0, 'The pod was gone before its log was read.'],
      ],
    );
  });

  it('stay when they are captured again and the pod is gone meanwhile', async () => {
    const gone = new ApiError('notFound', 'pods "b" not found', { status: 404 });
    const pods = [podOf('a'), podOf('b')];
    await capture({ 'a/app': [[1, 'a, first']], 'b/app': [[2, 'b, first']] }, pods);
    const again: Line[] = [
      [1, 'a, first'],
      [3, 'a, second'],
    ];
    const summary = await capture({ 'a/app': again, 'b/app': gone }, pods);
    assert.equal(summary.sources.length, 2);
    assert.deepEqual(await texts(), ['a, first', 'b, first', 'a, second']);
    assert.equal((await readdir(folder)).filter((name) => name.endsWith('.log')).length, 2);
  });

  it('come back with what was cut off of an endless line, and lines that only look like a stamp', async () => {
    const lines: Line[] = [
      [1, 'y'.repeat(70_000)],
      [2, '- not a stamp'],
      [3, '2026-01-01T00:00:00Z+5 neither'],
    ];
    await capture({ 'a/app': lines }, [podOf('a')]);
    const [long = '', ...rest] = await texts();
    assert.match(long, /^y+ … \(53616 bytes more\)$/);
    assert.deepEqual(rest, ['- not a stamp', '2026-01-01T00:00:00Z+5 neither']);
  });

  it('stop with the person, and keep what was read', async () => {
    const stop = new AbortController();
    const api = new Served({ 'a/app': [[1, 'read']], 'b/app': [[2, 'not waited for']] });
    const pods = [podOf('a'), podOf('b')];
    const capturing = captureFailingLogs({
      api,
      clock: new VirtualClock(),
      pods,
      revision: 8,
      folder,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await assert.rejects(capturing, { reason: 'aborted' });
    assert.ok((await texts()).includes('read'));
  });

  it('are not looked for where nothing was captured, and no foreign file is opened', async () => {
    assert.equal(await CapturedLogs.open(folder), undefined);
    await capture({ 'a/app': [[1, 'x']] }, [podOf('a')]);
    const index = join(folder, 'index.json');
    await writeFile(index, (await readFile(index, 'utf8')).replace(/"001-[^"]*"/, '"../../etc/passwd"'));
    await assert.rejects(CapturedLogs.open(folder), /no index of captured logs/);
  });
});
