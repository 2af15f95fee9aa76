import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { watch } from '../../../src/cluster/watch/watch.ts';
import { VirtualClock } from '../virtual-clock.ts';
import type { ScriptedBody } from './logs/scripted-api.ts';
import { added, events, listEnd, named, WatchScript } from './watch-script.ts';

const pods = '/api/v1/pods';
const sets = '/apis/apps/v1/replicasets';
const begun = Date.parse('2026-01-01T00:00:00Z');

describe('a half-open connection', () => {
  let clock: VirtualClock;
  let api: WatchScript;
  let stop: AbortController;
  let watches: Promise<void>[];
  /** What was told, with the second when. */
  let told: string[];

  beforeEach(() => {
    clock = new VirtualClock();
    api = new WatchScript();
    stop = new AbortController();
    watches = [];
    told = [];
  });

  afterEach(async () => {
    stop.abort();
    await Promise.all(watches);
    await clock.settle();
    assert.equal(clock.waiting, 0, 'no timer is left behind');
  });

  const second = (time: number): number => (time - begun) / 1000;

  async function open(path: string, ...bodies: ScriptedBody[]): Promise<void> {
    api.on(path, ...bodies);
    const tell = (words: string) => told.push(`${words} at ${second(clock.now())}`);
    const listener = {
      begin: () => undefined,
      upsert: () => undefined,
      remove: () => undefined,
      whole: () => undefined,
      live: () => tell('live'),
      stale: (error: ApiError, since: number | undefined) =>
        tell(`stale ${error.reason} since ${since === undefined ? 'ever' : second(since)}`),
      refused: () => tell('refused'),
    };
    const read = () => undefined;
    watches.push(watch(api, clock, { path, read }, listener, stop.signal));
    await clock.settle();
  }

  /** From now on nothing is answered, as on a network that has gone. */
  const goSilent = () => (api.probe = () => new Promise(() => undefined));

  it('is noticed within 15 seconds where the network has gone, and it says since when it knows nothing', async () => {
    await open(pods, events(listEnd('7')), events());
    goSilent();
    await clock.advance(15_000);
    assert.deepEqual(told.slice(0, 2), ['live at 0', 'stale timedOut since 0 at 12']);
    assert.deepEqual(told.slice(2), ['live at 12.25'], 'a new connection is tried at once');
  });

  it('was true until it was last asked after', async () => {
    await open(pods, events(listEnd('7')), events());
    await clock.advance(31_000);
    goSilent();
    await clock.advance(15_000);
    const [, stale] = told;
    const [, since = 0, at = 0] = /since (\d+) at (\d+)/.exec(stale ?? '')?.map(Number) ?? [];
    assert.ok(since >= 20 && since <= 31, stale);
    assert.ok(at <= 46, stale);
  });

  it('is noticed where the network is well but events do not come through', async () => {
    const missed = JSON.stringify(added(named('a', '9')));
    await open(pods, events(listEnd('7')), events(added(named('a', '9'))));
    await open(sets, events(listEnd('7')), events());
    api.probe = async () => `${missed}\n`;
    await clock.advance(15_000);
    assert.deepEqual(
      told.filter((words) => words.startsWith('stale')),
      ['stale timedOut since 0 at 8', 'stale timedOut since 0 at 8'],
      'with one dead, others that are silent are not trusted either',
    );
    assert.deepEqual(api.asked.map(({ path, query }) => [path, query['resourceVersion']]).slice(2), [
      [pods, '7'],
      [sets, '7'],
    ]);
  });

  it('is not suspected where the event came by itself meanwhile', async () => {
    const body = events(listEnd('7'));
    await open(pods, body);
    api.probe = async () => {
      body.write(`${JSON.stringify(added(named('a', '9')))}\n`);
      await clock.settle();
      return `${JSON.stringify(added(named('a', '9')))}\n`;
    };
    await clock.advance(9_000);
    assert.deepEqual(told, ['live at 0']);
  });

  it('costs a quiet cluster one small request at a time, at most 15 a minute for all its watches', async () => {
    for (let each = 0; each < 6; each += 1) await open(`${pods}${each}`, events(listEnd('7')));
    let most = 0;
    let now = 0;
    api.probe = async () => {
      most = Math.max(most, (now += 1));
      await clock.sleep(1_000, stop.signal).catch(() => undefined);
      now -= 1;
      return '';
    };
    await clock.advance(60_000);
    assert.ok(api.probes >= 10 && api.probes <= 15, String(api.probes));
    assert.equal(most, 1);
    assert.equal(told.length, 6, 'nobody was disturbed');
  });

  it('is not looked for while events come', async () => {
    const body = events(listEnd('7'));
    await open(pods, body);
    for (let each = 8; each < 20; each += 1) {
      await clock.advance(5_000);
      body.write(`${JSON.stringify(added(named('a', String(each))))}\n`);
    }
    assert.equal(api.probes, 0);
  });

  it('is given up at once after the computer has slept', async () => {
    await open(pods, events(listEnd('7')), events());
    await clock.advance(1_000);
    clock.sleepThrough(3_600_000);
    await clock.advance(2_000);
    assert.deepEqual(told, ['live at 0', 'stale timedOut since 0 at 3602', 'live at 3602.25']);
  });

  it('is not seen in an API server that is too busy to answer, but in one that fails', async () => {
    await open(pods, events(listEnd('7')), events());
    api.probe = async () => {
      throw new ApiError('tooManyRequests', 'later', { status: 429 });
    };
    await clock.advance(30_000);
    assert.deepEqual(told, ['live at 0']);
    api.probe = async () => {
      throw new ApiError('serverError', 'no backend', { status: 503 });
    };
    await clock.advance(10_000);
    assert.match(told[1] ?? '', /stale serverError/);
  });

  it('is looked for while a list is under way too', async () => {
    await open(pods, events(added(named('a'))), events(listEnd('7')));
    goSilent();
    await clock.advance(15_000);
    assert.deepEqual(told, ['stale timedOut since ever at 12', 'live at 12.25']);
  });
});
