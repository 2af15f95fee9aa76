import assert from 'node:assert/strict';

import { containerLogs } from '../../../../src/cluster/logs/container-log.ts';
import { LogPosition } from '../../../../src/domain/logs/position.ts';
import type { LogEnd } from '../../../../src/ports/container-logs.ts';
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

describe('lines that cannot be had', () => {
  let clock: VirtualClock;
  let api: ScriptedApi;
  let stop: AbortController;
  let texts: string[];

  beforeEach(() => {
    clock = new VirtualClock();
    api = new ScriptedApi();
    stop = new AbortController();
    texts = [];
  });

  function follow(changed: Partial<typeof source> = {}, position = new LogPosition()): Promise<LogEnd> {
    const listener = {
      lines: (lines: readonly { readonly text: string }[]) =>
        void texts.push(...lines.map(({ text }) => text)),
      flow: () => undefined,
    };
    const start = { position, tailLines: 200 };
    return containerLogs(api, clock).follow({ ...source, ...changed }, start, listener, stop.signal);
  }

  const may = /^⋯ Lines may be missing here: .* The last line read is of 00:00:01 UTC\.$/;

  it('tells a gap where the last line read is no longer in the log, once it has looked twice', async () => {
    const rotated = () => new ScriptedBody().write(line(5, 'five'));
    api.bodies.push(new ScriptedBody().write(line(1, 'one')).cut(), rotated(), rotated().end());
    api.pods.push(running, running, terminated);
    const end = follow();
    await clock.advance(1000);
    await end;
    assert.equal(api.queries.length, 3);
    assert.deepEqual([texts[0], texts[2]], ['one', 'five']);
    assert.match(texts[1] ?? '', may);
    assert.equal(texts.length, 3);
  });

  it('tells a gap of the present run, too, where it began in the second in which the one before ended', async () => {
    const restarted = podJson({ running: {} }, { terminated: { finishedAt: '2026-01-01T00:00:01Z' } }, 1);
    const rotated = () => new ScriptedBody().write(line(5, 'five'));
    const before = () => new ScriptedBody().write(line(0.5, 'of the run before')).end();
    api.bodies.push(new ScriptedBody().write(line(1, 'one')).cut(), before(), rotated(), before());
    api.bodies.push(rotated().end());
    api.pods.push(...Array<object>(4).fill(restarted), podJson({ terminated: {} }, {}, 1));
    const end = follow({}, new LogPosition('2026-01-01T00:00:00.9Z'));
    await clock.advance(1000);
    await end;
    assert.deepEqual([texts[0], texts[2]], ['one', 'five']);
    assert.match(texts[1] ?? '', may);
  });

  it('tells no gap where the container restarted between two requests', async () => {
    const again = podJson({ running: {} }, { terminated: { finishedAt: '2026-01-01T00:00:03Z' } }, 1);
    api.bodies.push(
      new ScriptedBody().write(line(1, 'one')).cut(),
      new ScriptedBody().write(line(4, 'new run')),
      new ScriptedBody().write(line(1, 'one') + line(3, 'last words')).end(),
      new ScriptedBody().write(line(4, 'new run')).end(),
    );
    api.pods.push(running, again, again, podJson({ terminated: {} }, {}, 1));
    const end = follow();
    await clock.advance(1000);
    await end;
    assert.deepEqual(texts, ['one', 'last words', 'new run']);
  });

  it('reads a run that ended between two requests, too', async () => {
    const runs = (restarts: number) =>
      podJson(
        { running: {} },
        { terminated: { finishedAt: `2026-01-01T00:00:0${restarts * 3}Z` } },
        restarts,
      );
    api.bodies.push(
      new ScriptedBody().write(line(1, 'run 0')).cut(),
      new ScriptedBody().write(line(1, 'run 0') + line(3, 'last words')).end(),
      new ScriptedBody().write(line(7, 'run 2')),
      new ScriptedBody().write(line(5, 'run 1')).end(),
      new ScriptedBody().write(line(7, 'run 2')).end(),
    );
    api.pods.push(runs(1), runs(2), runs(2), runs(2), podJson({ terminated: {} }, {}, 2));
    const end = follow();
    await clock.advance(1000);
    await end;
    assert.deepEqual(texts, ['run 0', 'last words', 'run 1', 'run 2']);
  });

  it('tells how many runs came and went while nothing was read', async () => {
    const position = new LogPosition();
    const listen = () => ({
      lines: (lines: readonly { readonly text: string }[]) =>
        void texts.push(...lines.map(({ text }) => text)),
      flow: () => undefined,
    });
    const logs = containerLogs(api, clock);
    api.bodies.push(new ScriptedBody().write(line(1, 'run 0')).end());
    api.pods.push(terminated);
    assert.deepEqual(await logs.follow(source, { position }, listen(), stop.signal), { kind: 'ended' });
    const fifth = podJson({ running: {} }, { terminated: { finishedAt: '2026-01-01T00:00:40Z' } }, 5);
    api.pods.splice(0, 1, fifth, fifth, podJson({ terminated: {} }, {}, 5));
    api.bodies.push(
      new ScriptedBody().write(line(39, 'run 4')).end(),
      new ScriptedBody().write(line(41, 'run 5')).end(),
    );
    await logs.follow(source, { position }, listen(), stop.signal);
    assert.deepEqual(
      texts.filter((text) => !text.startsWith('⋯')),
      ['run 0', 'run 4', 'run 5'],
    );
    assert.match(texts[1] ?? '', /^⋯ The logs of 3 runs are missing here/);
  });
});
