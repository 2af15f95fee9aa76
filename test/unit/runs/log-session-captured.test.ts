import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { LogLine, LogSource } from '../../../src/domain/logs/line.ts';
import type { PodRecord } from '../../../src/domain/rollout/records.ts';
import { type CapturedLines, LogSession, type LogBatch } from '../../../src/runs/log-session.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { FakeLogs, FakePods, podOf, stampAt } from './log-session-fakes.ts';

describe('a log session with captured lines', () => {
  let clock: VirtualClock;
  let logs: FakeLogs;
  let session: LogSession;
  let batches: LogBatch[];

  function begin(captured: CapturedLines, ...present: readonly PodRecord[]): void {
    clock = new VirtualClock();
    logs = new FakeLogs();
    batches = [];
    const pods = new FakePods(...present);
    session = new LogSession({ logs, clock, pods, scope: { kind: 'deployment' }, captured });
    session.onBatch((batch) => batches.push(batch));
  }

  const texts = (): string[] => batches.flatMap(({ lines }) => lines.map(({ text }) => text));

  afterEach(() => {
    session.dispose();
    assert.equal(clock.waiting, 0, 'a timer is left');
  });

  it('puts what was captured of pods that are gone in its place in time, and drops none of it', async () => {
    const gone = { ...goneSource, pod: 'web-gone', podUid: 'uid-gone' };
    const kept = Array.from({ length: 30_000 }, (_, i) => lineOf(gone, 2 * i, `captured ${2 * i}`));
    begin({ sources: [gone], lines: kept }, podOf('web-a'));
    session.addCredit(100_000);
    logs.of('web-a').listener.flow({ kind: 'live' });
    for (const ms of [1, 3, 59_999, 60_001]) logs.of('web-a').say(ms, `live ${ms}`);
    await clock.advance(5000);
    assert.equal(texts().length, 30_004);
    assert.deepEqual(texts().slice(0, 5), ['captured 0', 'live 1', 'captured 2', 'live 3', 'captured 4']);
    assert.deepEqual(texts().slice(-3), ['captured 59998', 'live 59999', 'live 60001']);
    assert.equal(session.status().dropped, 0);
    const sources = batches.flatMap((batch) => batch.sources);
    assert.deepEqual(
      sources.map(({ source, captured }) => [source.pod, captured]),
      [
        ['web-gone', true],
        ['web-a', undefined],
      ],
    );
  });

  it('loses and doubles no line and keeps the order of time, whatever the times and the credit are', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 40 });
    const gone = { ...goneSource };
    await fc.assert(
      fc.asyncProperty(times, times, fc.integer({ min: 1, max: 30 }), async (captured, live, credit) => {
        const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b);
        const lines = sorted(captured).map((ms) => lineOf(gone, ms, `captured ${ms}`));
        begin({ sources: [gone], lines }, podOf('web-a'));
        logs.of('web-a').listener.flow({ kind: 'live' });
        const ascending = sorted(live).map((ms, i) => ms + i * 1000);
        for (const ms of ascending) logs.of('web-a').say(ms, `live ${ms}`);
        for (let given = 0; given < captured.length + live.length; given += credit) {
          session.addCredit(credit);
          await clock.advance(1000);
        }
        const delivered = batches.flatMap((batch) => batch.lines.map(({ at }) => at));
        assert.deepEqual(delivered, delivered.toSorted());
        assert.deepEqual(
          texts().toSorted(),
          [...lines.map(({ text }) => text), ...ascending.map((ms) => `live ${ms}`)].toSorted(),
        );
        session.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it('shows what was captured where no pod is left, as credit allows', async () => {
    const kept = Array.from({ length: 10 }, (_, i) => lineOf(goneSource, i, `captured ${i}`));
    begin({ sources: [goneSource], lines: kept });
    session.addCredit(4);
    await clock.advance(2000);
    assert.deepEqual(texts(), ['captured 0', 'captured 1', 'captured 2', 'captured 3']);
    session.addCredit(100);
    await clock.advance(1000);
    assert.equal(texts().length, 10);
  });
});

const goneSource: LogSource = {
  podUid: 'uid-old',
  namespace: 'shop',
  pod: 'web-old',
  container: 'app',
  revision: 7,
  previous: false,
};

function lineOf(source: LogSource, ms: number, text: string): LogLine {
  return { source, at: stampAt(ms), text, level: undefined };
}
