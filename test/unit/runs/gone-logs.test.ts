import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LogScope } from '../../../src/domain/logs/line.ts';
import { GoneLogs } from '../../../src/runs/gone-logs.ts';
import { type CapturedSource, writeIndex } from '../../../src/runs/log-capture-index.ts';
import type { ShownCapture } from '../../../src/runs/log-captured-shown.ts';
import { LogSession } from '../../../src/runs/log-session.ts';
import { eventually } from '../../testbed/eventually.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { FakeLogs, FakePods, podOf, stampAt } from './log-session-fakes.ts';

describe('the captured logs of pods that go while their log is open', () => {
  let folder: string;
  let clock: VirtualClock;
  let pods: FakePods;
  let gone: GoneLogs;
  let told: ShownCapture[];
  let errors: unknown[];
  const [a, b, c] = [podOf('web-a'), podOf('web-b'), podOf('web-c', { ownerUid: 'rs-9' })];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gone-'));
    clock = new VirtualClock();
    [told, errors] = [[], []];
  });

  afterEach(async () => {
    gone.dispose();
    assert.equal(clock.waiting, 0, 'a timer is left');
    await rm(folder, { recursive: true });
  });

  async function capture(...names: readonly string[]): Promise<void> {
    for (const name of names)
      await writeFile(join(folder, `${name}.log`), `${stampAt(5)} captured of ${name}\n`);
    const sources = names.map((name) => ({ file: `${name}.log`, source: sourceOf(name) }));
    await writeIndex(folder, { capturedAt: '2026-01-01T00:00:01.000Z', sources });
  }

  async function begin(scope: LogScope = { kind: 'deployment' }): Promise<ShownCapture | undefined> {
    pods = new FakePods(a, b);
    gone = new GoneLogs({ folder, clock, pods, scope, previous: false });
    const first = await gone.look();
    gone.follow(
      (more) => told.push(more),
      (error) => errors.push(error),
    );
    return first;
  }

  const names = () => told.map(({ sources }) => sources.map(({ pod }) => pod).join());
  const times = (count: number) => eventually('to be told', async () => told.length === count);

  it('come once they are gone, each pod’s once, with the numbers of all', async () => {
    await capture('web-a', 'web-b');
    assert.equal(await begin(), undefined);
    pods.become(b);
    await clock.advance(4000);
    await times(1);
    pods.become(c);
    await clock.advance(4000);
    await times(2);
    assert.deepEqual(names(), ['web-a', 'web-b']);
    assert.deepEqual(
      told.map(({ count }) => count),
      [1, 2],
    );
    assert.deepEqual(
      [...(told[1]?.lines ?? [])].map(({ text }) => text),
      ['captured of web-b'],
    );
  });

  it('come of those in scope alone, and of what was captured after the log was opened', async () => {
    await begin({ kind: 'pod', podUid: 'uid-web-a' });
    await capture('web-a', 'web-b');
    pods.become(c);
    await clock.advance(4000);
    await times(1);
    assert.deepEqual(names(), ['web-a']);
  });

  it('do not come of pods that a list lacked for a moment', async () => {
    await capture('web-a', 'web-b');
    await begin();
    pods.become();
    await clock.advance(1000);
    pods.become(a, b);
    await clock.advance(4000);
    pods.become(a);
    await clock.advance(4000);
    await times(1);
    assert.deepEqual(names(), ['web-b']);
  });

  it('are told once to be unreadable where they are', async () => {
    await begin();
    await writeFile(join(folder, 'index.json'), '{}');
    pods.become(b);
    await clock.advance(4000);
    await eventually('the error', async () => errors.length > 0);
    await clock.advance(10_000);
    assert.equal(errors.length, 1);
  });

  it('are delivered by the session that is open, beside what is live, as credit allows', async () => {
    await capture('web-a');
    await begin();
    const logs = new FakeLogs();
    const session = new LogSession({ logs, clock, pods, scope: { kind: 'deployment' } });
    const lines: string[] = [];
    const sources: string[] = [];
    session.onBatch((batch) => {
      lines.push(...batch.lines.map(({ text }) => text));
      sources.push(...batch.sources.map(({ source, captured }) => `${source.pod} ${captured ?? false}`));
    });
    session.addCredit(3);
    for (const { pod } of [{ pod: 'web-a' }, { pod: 'web-b' }]) logs.of(pod).listener.flow({ kind: 'live' });
    logs.of('web-a').say(10, 'live of web-a');
    await clock.advance(1000);
    pods.become(b);
    await clock.advance(4000);
    await times(1);
    for (const more of told) session.showCaptured(more);
    logs.of('web-b').say(9000, 'live of web-b');
    logs.of('web-b').say(9001, 'without credit');
    await clock.advance(1000);
    assert.deepEqual(lines, ['live of web-a', 'captured of web-a', 'live of web-b']);
    assert.deepEqual(sources, ['web-a false', 'web-b false', 'web-a true']);
    assert.equal(session.status().dropped, 0);
    session.dispose();
  });
});

function sourceOf(name: string): CapturedSource {
  return {
    podUid: `uid-${name}`,
    namespace: 'shop',
    pod: name,
    container: 'app',
    revision: 8,
    previous: false,
    replicaSetUid: 'rs-8',
    lines: 1,
    bytes: 40,
    cutLines: 0,
    cutBytes: 0,
  };
}
