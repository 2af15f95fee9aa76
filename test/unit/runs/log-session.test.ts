import assert from 'node:assert/strict';

import type { PodRecord } from '../../../src/domain/rollout/records.ts';
import { LogSession, type LogBatch, type LogSessionOptions } from '../../../src/runs/log-session.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { FakeLogs, FakePods, podOf } from './log-session-fakes.ts';

describe('a log session', () => {
  let clock: VirtualClock;
  let logs: FakeLogs;
  let pods: FakePods;
  let session: LogSession;
  let batches: LogBatch[];

  function begin(present: readonly PodRecord[], options: Partial<LogSessionOptions> = {}): void {
    clock = new VirtualClock();
    logs = new FakeLogs();
    pods = new FakePods(...present);
    batches = [];
    session = new LogSession({ logs, clock, pods, scope: { kind: 'deployment' }, ...options });
    session.onBatch((batch) => batches.push(batch));
  }

  const texts = (): string[] => batches.flatMap(({ lines }) => lines.map(({ text }) => text));

  afterEach(() => {
    session.dispose();
    assert.equal(clock.waiting, 0, 'a timer is left');
    assert.deepEqual(logs.open, [], 'a stream is left');
  });

  it('merges the containers of all pods in time order, with levels, harmless text and announced sources', async () => {
    begin([podOf('web-a'), podOf('web-b', { containers: ['prepare', 'app'] })]);
    session.addCredit(100);
    for (const followed of logs.all) followed.listener.flow({ kind: 'live' });
    logs.of('web-b').say(20, 'ERROR second\x1b[2J');
    logs.of('web-b', 'prepare').say(30, 'third');
    logs.of('web-a').say(10, 'first');
    await clock.advance(1000);
    assert.deepEqual(texts(), ['first', 'ERROR second', 'third']);
    const [batch] = batches;
    assert.equal(batch?.lines[1]?.level, 'error');
    assert.equal(batch?.from, 0);
    assert.deepEqual(
      batch?.sources.map(
        ({ source, containers }) => `${source.revision} ${source.pod}/${source.container} ${containers}`,
      ),
      ['8 web-a/app 1', '8 web-b/prepare 2', '8 web-b/app 2'],
    );
    assert.deepEqual(
      { ...session.status(), since: '' },
      { streams: 3, received: 3, dropped: 0, state: 'live', since: '', message: undefined },
    );
  });

  it('begins in time order though the streams open one after the other', async () => {
    begin([podOf('web-a'), podOf('web-b')]);
    session.addCredit(100);
    logs.of('web-a').listener.flow({ kind: 'live' });
    logs.of('web-a').say(100, 'later');
    await clock.advance(700);
    logs.of('web-b').listener.flow({ kind: 'live' });
    logs.of('web-b').say(50, 'earlier');
    await clock.advance(400);
    assert.deepEqual(texts(), ['earlier', 'later']);
  });

  it('delivers no more lines than credit was given for, and no more often than every 30 ms', async () => {
    begin([podOf('web-a')]);
    const times: number[] = [];
    session.onBatch(() => times.push(clock.now()));
    for (let i = 0; i < 10; i++) logs.of('web-a').say(i, `line ${i}`);
    await clock.advance(2000);
    assert.deepEqual(texts(), []);
    session.addCredit(3);
    await clock.advance(100);
    assert.deepEqual(texts(), ['line 0', 'line 1', 'line 2']);
    session.addCredit(1);
    session.addCredit(1);
    await clock.advance(5);
    session.addCredit(100);
    await clock.advance(100);
    assert.equal(texts().length, 10);
    for (const [i, time] of times.entries()) assert.ok(i === 0 || time - (times[i - 1] ?? 0) >= 30);
  });

  it('drops the oldest of more than 20,000 waiting lines, and says how many', async () => {
    begin([podOf('web-a')]);
    for (let i = 0; i < 25_000; i++) logs.of('web-a').say(i, `line ${i}`);
    await clock.advance(2000);
    assert.equal(session.status().dropped, 5000);
    assert.equal(session.status().received, 25_000);
    session.addCredit(1);
    await clock.advance(100);
    assert.deepEqual(texts(), ['line 5000']);
  });

  it('shows a pod that comes from its first line on, those that were there from their last 200', async () => {
    begin([podOf('web-a')]);
    assert.equal(logs.of('web-a').start.tailLines, 200);
    pods.become(podOf('web-a'), podOf('web-b'));
    await clock.advance(100);
    assert.equal(logs.of('web-b').start.tailLines, undefined);
    assert.equal(logs.of('web-b').start.position.sinceTime, undefined);
  });

  it('begins with fewer lines of each container where there are many', () => {
    begin(Array.from({ length: 250 }, (_, i) => podOf(`web-${i}`)));
    assert.equal(logs.of('web-7').start.tailLines, 40);
  });

  it('shows the logs of a revision, or of a pod, alone', () => {
    const present = [podOf('old', { ownerUid: 'rs-7' }), podOf('new'), podOf('other')];
    begin(present, { scope: { kind: 'revision', replicaSetUid: 'rs-7' } });
    assert.deepEqual(logs.open, ['old']);
    session.dispose();
    begin(present, { scope: { kind: 'pod', podUid: 'uid-other' } });
    assert.deepEqual(logs.open, ['other']);
  });

  it('lets a pod that is gone say its last words', async () => {
    begin([podOf('web-a'), podOf('web-b')]);
    session.addCredit(100);
    const leaving = logs.of('web-a');
    pods.become(podOf('web-b'));
    await clock.advance(1000);
    leaving.say(5, 'goodbye');
    await clock.advance(1000);
    assert.deepEqual(texts(), ['goodbye']);
    assert.equal(leaving.signal.aborted, false);
    await clock.advance(2000);
    assert.equal(leaving.signal.aborted, true);
    assert.equal(session.status().streams, 1);
  });

  it('keeps the stream of a pod that is missing for a moment only', async () => {
    begin([podOf('web-a')]);
    pods.become();
    await clock.advance(1000);
    pods.become(podOf('web-a'));
    await clock.advance(10_000);
    assert.deepEqual(logs.open, ['web-a']);
    assert.equal(logs.all.length, 1);
  });

  it('says that the one pod asked for is gone', async () => {
    begin([podOf('web-a')], { scope: { kind: 'pod', podUid: 'uid-web-a' } });
    pods.become();
    await clock.advance(100);
    logs.of('web-a').end({ kind: 'gone' });
    await clock.advance(100);
    assert.equal(session.status().state, 'ended');
    assert.equal(session.status().message, 'The pod is gone.');
  });

  it('goes on with a container that restarts, from the last line seen', async () => {
    begin([podOf('web-a')]);
    const first = logs.of('web-a');
    first.say(1500, 'crash');
    first.end({ kind: 'ended' });
    await clock.advance(100);
    assert.equal(session.status().state, 'ended');
    pods.become(podOf('web-a', { restarts: 1 }));
    await clock.advance(100);
    assert.equal(logs.all.length, 2);
    assert.equal(logs.of('web-a').start.position.sinceTime, '2026-01-01T00:00:01Z');
  });

  it('waits for a container that has no log yet, with the reason, until its pod changes', async () => {
    begin([podOf('web-a', { state: 'ContainerCreating' })]);
    logs.of('web-a').end({ kind: 'waiting', message: 'is waiting to start: ContainerCreating' });
    await clock.advance(1000);
    assert.equal(logs.all.length, 1);
    assert.deepEqual(
      [session.status().state, session.status().message],
      ['waiting', 'is waiting to start: ContainerCreating'],
    );
    pods.become(podOf('web-a'));
    await clock.advance(100);
    logs.of('web-a').listener.flow({ kind: 'live' });
    assert.equal(session.status().state, 'live');
    assert.equal(logs.all.length, 2);
  });

  it('asks a waiting container again after 30 s though nothing tells of a change', async () => {
    begin([podOf('web-a')]);
    logs.of('web-a').end({ kind: 'waiting', message: 'is waiting to start' });
    await clock.advance(31_000);
    assert.equal(logs.all.length, 2);
  });

  it('is stale with the reason and since when while a connection is cut, and live again', async () => {
    begin([podOf('web-a'), podOf('web-b')]);
    for (const followed of logs.all) followed.listener.flow({ kind: 'live' });
    await clock.advance(5000);
    logs.of('web-b').listener.flow({ kind: 'stale', message: 'The server cannot be reached.' });
    await clock.advance(1000);
    const { state, message, since } = session.status();
    assert.equal(state, 'stale');
    assert.equal(message, '1 of 2 containers cut off: The server cannot be reached.');
    assert.match(since, /^2026-01-01T00:00:05\.[0-2]/);
    logs.of('web-b').listener.flow({ kind: 'live' });
    assert.equal(session.status().state, 'live');
  });

  it('says what may not be read', async () => {
    begin([podOf('web-a')]);
    logs.of('web-a').end({ kind: 'forbidden', message: 'pods "web-a" is forbidden' });
    await clock.advance(100);
    assert.equal(session.status().state, 'ended');
    assert.equal(session.status().message, '1 container not shown: pods "web-a" is forbidden');
  });

  it('holds no stream while hidden, and goes on where it was when shown', async () => {
    begin([podOf('web-a')]);
    session.addCredit(100);
    logs.of('web-a').say(1500, 'before');
    await clock.advance(2000);
    session.setVisible(false);
    assert.deepEqual(logs.open, []);
    pods.become(podOf('web-a'), podOf('web-b'));
    await clock.advance(60_000);
    assert.deepEqual(logs.open, []);
    session.setVisible(true);
    assert.equal(logs.of('web-a').start.position.sinceTime, '2026-01-01T00:00:01Z');
    assert.equal(logs.of('web-b').start.tailLines, 200);
    logs.of('web-a').say(61_000, 'after');
    await clock.advance(2000);
    assert.deepEqual(texts(), ['before', 'after']);
  });

  it('follows no more containers than allowed, failing pods first, and says what is left out', async () => {
    begin([podOf('a'), podOf('b'), podOf('c', { failing: true })], { maxStreams: 2 });
    for (const followed of logs.all) followed.listener.flow({ kind: 'live' });
    assert.deepEqual(logs.open, ['c', 'a']);
    assert.equal(
      session.status().message,
      '1 more containers are not shown: at most 2 are followed at once.',
    );
    logs.of('c').end({ kind: 'ended' });
    await clock.advance(100);
    assert.ok(logs.of('b'));
  });

  it('reads previous runs, and says where there was none', async () => {
    begin([podOf('web-a')], { previous: true });
    assert.equal(logs.of('web-a').source.previous, true);
    logs.of('web-a').end({ kind: 'noPrevious', message: 'previous terminated container "app" not found' });
    await clock.advance(100);
    assert.equal(session.status().message, 'No container has run before its present run.');
    pods.become(podOf('web-a', { restarts: 1 }));
    await clock.advance(100);
    assert.equal(logs.all.length, 2);
  });

  it('tells of its status no more often than five times a second', async () => {
    begin([podOf('web-a')]);
    let told = 0;
    session.onStatus(() => told++);
    for (let i = 0; i < 100; i++) {
      logs.of('web-a').say(i, 'x');
      await clock.advance(10);
    }
    assert.ok(told >= 4 && told <= 5, `${told} times`);
  });
});
