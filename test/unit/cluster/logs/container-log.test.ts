import assert from 'node:assert/strict';

import { ApiError } from '../../../../src/cluster/errors/api-error.ts';
import { containerLogs } from '../../../../src/cluster/logs/container-log.ts';
import { LogPosition } from '../../../../src/domain/logs/position.ts';
import type { LogEnd, LogFlow } from '../../../../src/ports/container-logs.ts';
import { VirtualClock } from '../../virtual-clock.ts';
import { podJson, running, ScriptedApi, ScriptedBody, terminated } from './scripted-api.ts';

const source = {
  podUid: 'uid-a',
  namespace: 'shop',
  pod: 'web-a',
  container: 'app',
  revision: 8,
  previous: false,
};

/** `line(1.5, 'x')` is logged 1.5 s after the beginning. */
function line(second: number, text: string): string {
  return `${new Date(Date.parse('2026-01-01T00:00:00Z') + second * 1000).toISOString().replace('Z', '000000Z')} ${text}\n`;
}

describe('following a container', () => {
  let clock: VirtualClock;
  let api: ScriptedApi;
  let stop: AbortController;
  let texts: string[];
  let flows: LogFlow[];

  beforeEach(() => {
    clock = new VirtualClock();
    api = new ScriptedApi();
    stop = new AbortController();
    texts = [];
    flows = [];
  });

  function follow(changed: Partial<typeof source> = {}, position = new LogPosition()): Promise<LogEnd> {
    const listener = {
      lines: (lines: readonly { readonly text: string }[]) =>
        void texts.push(...lines.map(({ text }) => text)),
      flow: (flow: LogFlow) => void flows.push(flow),
    };
    const start = { position, tailLines: 200 };
    return containerLogs(api, clock).follow({ ...source, ...changed }, start, listener, stop.signal);
  }

  it('asks for the tail with stamps, and ends when the container has ended', async () => {
    api.bodies.push(new ScriptedBody().write(line(1, 'one') + line(2, 'two').trimEnd()).end());
    api.pods.push(terminated);
    assert.deepEqual(await follow(), { kind: 'ended' });
    assert.deepEqual(texts, ['one', 'two']);
    assert.deepEqual(api.queries, [
      { container: 'app', timestamps: 'true', follow: 'true', tailLines: '200' },
    ]);
  });

  it('goes on after a cut from the second of the last line, without losing or doubling one', async () => {
    const cut = new ScriptedBody()
      .write(line(1, 'one') + line(2.1, 'two') + line(2.2, 'half').slice(0, -3))
      .cut();
    const rest = new ScriptedBody()
      .write(line(1, 'one') + line(2.1, 'two') + line(2.2, 'half') + line(2.2, 'more'))
      .end();
    api.bodies.push(cut, rest);
    api.pods.push(running, terminated);
    const end = follow();
    await clock.advance(1000);
    assert.deepEqual(await end, { kind: 'ended' });
    assert.deepEqual(texts, ['one', 'two', 'half', 'more']);
    assert.equal(api.queries[1]?.['sinceTime'], '2026-01-01T00:00:01Z');
    assert.equal(api.queries[1]?.['tailLines'], undefined);
    assert.deepEqual(
      flows.map(({ kind }) => kind),
      ['live', 'stale', 'live'],
    );
  });

  it('goes on when the log ends though its container runs, as when a server stops', async () => {
    api.bodies.push(
      new ScriptedBody().write(line(1, 'one')).end(),
      new ScriptedBody().write(line(1, 'one') + line(3, 'two')).end(),
    );
    api.pods.push(running, running, terminated);
    const end = follow();
    await clock.advance(1000);
    assert.deepEqual(await end, { kind: 'ended' });
    assert.deepEqual(texts, ['one', 'two']);
    assert.deepEqual(
      flows.map(({ kind }) => kind),
      ['live', 'live'],
    );
  });

  it('reads the last words of a run that ended while the connection was cut', async () => {
    const restarted = podJson({ running: {} }, { terminated: { finishedAt: '2026-01-01T00:00:03Z' } });
    api.bodies.push(
      new ScriptedBody().write(line(1, 'one')).cut(),
      new ScriptedBody().write(line(1, 'one') + line(3, 'last words')).end(),
      new ScriptedBody().write(line(4, 'new run')).end(),
    );
    api.pods.push(restarted, terminated);
    const end = follow();
    await clock.advance(1000);
    await end;
    assert.deepEqual(texts, ['one', 'last words', 'new run']);
    assert.equal(api.queries[1]?.['previous'], 'true');
  });

  it('tries again after 0.25 s, doubled up to 5 s, and from the start once lines flow', async () => {
    api.pods.push(running);
    const unreachable = new ApiError('unreachable', 'connection refused');
    api.bodies.push(...Array<ApiError>(7).fill(unreachable), new ScriptedBody().write(line(1, 'x')).cut());
    const end = follow();
    const times: number[] = [];
    for (let ms = 0; ms < 25_000; ms += 50) {
      await clock.advance(ms === 0 ? 0 : 50);
      while (times.length < api.queries.length) times.push(ms);
    }
    const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    assert.deepEqual(pauses.slice(0, 9), [250, 500, 1000, 2000, 4000, 5000, 5000, 250, 500]);
    stop.abort();
    assert.deepEqual(await end, { kind: 'aborted' });
    assert.equal(clock.waiting, 0);
  });

  it('tells a container that has no log yet from one that is refused, gone, or without a previous run', async () => {
    const bad = (message: string): ApiError => new ApiError('badRequest', message, { status: 400 });
    const starting = 'container "app" in pod "web-a" is waiting to start: ContainerCreating';
    const pulling = `container "app" in pod "web-a" is waiting to start: trying and failing to pull image`;
    const none = 'previous terminated container "app" in pod "web-a" not found';
    const refused = 'pods "web-a" is forbidden: User "x" cannot get resource "pods/log"';
    for (const [error, end] of [
      [bad(starting), { kind: 'waiting', message: starting }],
      [bad(pulling), { kind: 'waiting', message: pulling }],
      [bad(none), { kind: 'noPrevious', message: none }],
      [
        bad('container x is not valid for pod web-a'),
        { kind: 'failed', message: 'container x is not valid for pod web-a' },
      ],
      [new ApiError('forbidden', refused, { status: 403 }), { kind: 'forbidden', message: refused }],
      [new ApiError('notFound', 'pods "web-a" not found', { status: 404 }), { kind: 'gone' }],
    ] as const) {
      api.bodies.push(error);
      assert.deepEqual(await follow(), end);
    }
    assert.deepEqual(flows, []);
  });

  it('is waiting where the pod is not on a node yet, which the API server answers with nothing', async () => {
    api.bodies.push(new ScriptedBody().end());
    api.pods.push({ metadata: { uid: 'uid-a' }, status: { phase: 'Pending' } });
    assert.deepEqual(await follow(), { kind: 'waiting', message: 'The container has not started: Pending' });
  });

  it('is gone where another pod has the name', async () => {
    api.bodies.push(new ScriptedBody().write(line(1, 'x')).end());
    api.pods.push({ metadata: { uid: 'uid-of-another' } });
    assert.deepEqual(await follow(), { kind: 'gone' });
  });

  it('takes a container that says nothing for silent, not for cut off', async () => {
    // The kubelet sends its headers with the first byte.
    api.bodies.push(
      new ApiError('timedOut', 'No answer in time.'),
      new ScriptedBody().write(line(1, 'x')).end(),
    );
    api.pods.push(running, terminated);
    assert.deepEqual(await follow(), { kind: 'ended' });
    assert.deepEqual(texts, ['x']);
    assert.ok(flows.every(({ kind }) => kind === 'live'));
  });

  it('opens a connection again that was silent for 45 s', async () => {
    api.bodies.push(
      new ScriptedBody().write(line(1, 'one')),
      new ScriptedBody().write(line(1, 'one') + line(400, 'two')),
    );
    api.pods.push(running);
    const end = follow();
    await clock.advance(45_000);
    assert.equal(api.queries.length, 1);
    await clock.advance(1_000);
    assert.deepEqual(texts, ['one', 'two']);
    assert.ok(flows.every(({ kind }) => kind === 'live'));
    stop.abort();
    assert.deepEqual(await end, { kind: 'aborted' });
    assert.equal(clock.waiting, 0);
  });

  it('opens its connections again at once after the machine has slept', async () => {
    api.bodies.push(
      new ScriptedBody().write(line(1, 'one')),
      new ScriptedBody().write(line(1, 'one') + line(3000, 'two')),
    );
    api.pods.push(running);
    const end = follow();
    await clock.advance(3_000);
    assert.equal(api.queries.length, 1);
    clock.sleepThrough(3_600_000);
    await clock.advance(5_000);
    assert.deepEqual(texts, ['one', 'two']);
    stop.abort();
    await end;
    assert.equal(clock.waiting, 0);
  });

  it('reads a previous run once, without following', async () => {
    api.bodies.push(new ScriptedBody().write(line(1, 'crash')).end());
    assert.deepEqual(await follow({ previous: true }), { kind: 'ended' });
    assert.deepEqual(api.queries, [
      { container: 'app', timestamps: 'true', previous: 'true', tailLines: '200' },
    ]);
  });
});
