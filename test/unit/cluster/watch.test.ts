import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { watch, type WatchedObject, type WatchListener } from '../../../src/cluster/watch/watch.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { ScriptedBody } from './logs/scripted-api.ts';
import { added, events, listEnd, named, WatchScript } from './watch-script.ts';

const path = '/api/v1/pods';
const uidOf = ({ metadata }: WatchedObject): string | undefined =>
  metadata?.uid === 'unread' ? undefined : metadata?.uid;
const gone = { type: 'ERROR', object: { code: 410, message: 'too old resource version' } };

describe('a watch', () => {
  let clock: VirtualClock;
  let api: WatchScript;
  let stop: AbortController;
  let heard: string[];
  let ended: Promise<void>;

  beforeEach(() => {
    clock = new VirtualClock();
    api = new WatchScript();
    stop = new AbortController();
    heard = [];
  });

  afterEach(async () => {
    stop.abort();
    await ended;
    assert.equal(clock.waiting, 0, 'no timer is left behind');
  });

  async function begin(): Promise<void> {
    const listener: WatchListener<string> = {
      begin: () => heard.push('begin'),
      upsert: (row) => heard.push(`upsert ${row}`),
      remove: (row) => heard.push(`remove ${row}`),
      whole: () => heard.push('whole'),
      live: () => heard.push('live'),
      stale: (error) => heard.push(`stale ${error.reason}`),
      refused: (error) => heard.push(`refused ${error.reason}`),
    };
    ended = watch(api, clock, { path, fieldSelector: 'metadata.name=x', read: uidOf }, listener, stop.signal);
    await clock.settle();
  }

  const queries = () => api.asked.map(({ kind, query }) => ({ kind, ...query }));

  it('takes a streamed list whole, then each event, and asks for what it was told to', async () => {
    const body = events(added(named('a')), added(named('b')), listEnd('7'));
    api.on(path, body);
    await begin();
    body.write(`${JSON.stringify({ type: 'MODIFIED', object: named('a', '8') })}\n`);
    body.write(`${JSON.stringify({ type: 'DELETED', object: named('b', '9') })}\n`);
    body.write(`${JSON.stringify({ type: 'MODIFIED', object: named('unread', '10') })}\n`);
    await clock.settle();
    assert.deepEqual(heard, [
      'begin',
      'upsert a',
      'upsert b',
      'whole',
      'live',
      'upsert a',
      'remove b',
      'remove unread',
    ]);
    assert.deepEqual(queries(), [
      {
        kind: 'watch',
        fieldSelector: 'metadata.name=x',
        watch: '1',
        allowWatchBookmarks: 'true',
        sendInitialEvents: 'true',
        resourceVersionMatch: 'NotOlderThan',
      },
    ]);
  });

  it('goes on from the last version seen after a cut, bookmarks included', async () => {
    const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '30' } } };
    api.on(path, events(listEnd('7'), added(named('a', '9')), bookmark).cut(), events());
    await begin();
    await clock.advance(1000);
    assert.deepEqual(heard, ['begin', 'whole', 'live', 'upsert a', 'stale unreachable', 'live']);
    assert.equal(api.asked[1]?.query['resourceVersion'], '30');
    assert.equal(api.asked[1]?.query['sendInitialEvents'], undefined);
  });

  it('goes on without a word after the server has ended it in peace', async () => {
    api.on(path, events(listEnd('7')).end(), events());
    await begin();
    await clock.advance(1000);
    assert.deepEqual(heard, ['begin', 'whole', 'live', 'live']);
  });

  it('lists again after 410 Gone, told by an event or by a status', async () => {
    const status = new ApiError('gone', 'too old', { status: 410 });
    api.on(path, events(listEnd('7'), gone), events(added(named('b')), listEnd('50')).cut(), status);
    api.on(path, events(listEnd('70')));
    await begin();
    await clock.advance(10_000);
    assert.deepEqual(
      heard.filter((words) => words !== 'stale unreachable'),
      ['begin', 'whole', 'live', 'begin', 'upsert b', 'whole', 'live', 'begin', 'whole', 'live'],
    );
    assert.deepEqual(
      api.asked.map(({ query }) => query['sendInitialEvents'] ?? query['resourceVersion']),
      ['true', 'true', '50', 'true'],
    );
  });

  it('lists in pages where the API server does not stream lists', async () => {
    const unknown = new ApiError('invalid', 'sendInitialEvents is forbidden', { status: 422 });
    api.on(path, unknown, { items: [named('a')], metadata: { continue: 'next' } });
    api.on(path, { items: [named('b')], metadata: { resourceVersion: '5' } }, events(added(named('c'))));
    await begin();
    await clock.advance(1000);
    assert.deepEqual(heard, ['begin', 'upsert a', 'upsert b', 'whole', 'live', 'upsert c']);
    assert.deepEqual(
      queries().map(({ kind, ...query }) => [kind, 'limit' in query && query.limit, 'continue' in query]),
      [
        ['watch', false, false],
        ['list', '500', false],
        ['list', '500', true],
        ['watch', false, false],
      ],
    );
    assert.equal(api.asked[3]?.query['resourceVersion'], '5');
  });

  it('begins the pages anew where their continuation has expired', async () => {
    const unknown = new ApiError('badRequest', 'unknown parameter', { status: 400 });
    const expired = new ApiError('gone', 'the continue token is too old', { status: 410 });
    api.on(path, unknown, { items: [named('a')], metadata: { continue: 'next' } }, expired);
    api.on(path, { items: [named('b')], metadata: { resourceVersion: '5' } }, events());
    await begin();
    await clock.advance(5000);
    assert.deepEqual(heard, ['begin', 'upsert a', 'begin', 'upsert b', 'whole', 'live']);
  });

  it('opens a connection anew that has brought no bookmark for more than a minute, and says nothing of it', async () => {
    api.on(path, events(listEnd('7')), events());
    await begin();
    await clock.advance(74_000);
    assert.equal(api.asked.length, 1);
    await clock.advance(8_000);
    assert.deepEqual(heard, ['begin', 'whole', 'live', 'live']);
    assert.equal(api.asked[1]?.query['resourceVersion'], '7');
  });

  it('waits as long as a 429 asks, else ever longer up to ten seconds', async () => {
    api.on(path, new ApiError('tooManyRequests', 'later', { status: 429, retryAfterSeconds: 5 }));
    await begin();
    await clock.advance(4_999);
    assert.equal(api.asked.length, 1);
    await clock.advance(1);
    assert.equal(api.asked.length, 2);
    await clock.advance(60_000);
    assert.ok(api.asked.length >= 9 && api.asked.length <= 12, String(api.asked.length));
  });

  it('ends where reading is not allowed', async () => {
    api.on(path, new ApiError('forbidden', 'not you', { status: 403 }));
    await begin();
    await ended;
    assert.deepEqual(heard, ['refused forbidden']);
  });

  it('tells that it cannot see where a page answers in the place of the list', async () => {
    api.on(path, new ScriptedBody().write('<html>\n').end(), new ScriptedBody().write('<html>').end());
    await begin();
    await clock.advance(300);
    assert.deepEqual(heard, ['begin', 'stale badResponse', 'begin', 'stale badResponse']);
  });

  it('tells that it cannot see where the list ends before it is whole', async () => {
    api.on(path, events(added(named('a'))).end(), events(added(named('b')), listEnd('3')));
    await begin();
    await clock.advance(300);
    const whole = ['begin', 'upsert b', 'whole', 'live'];
    assert.deepEqual(heard, ['begin', 'upsert a', 'stale badResponse', ...whole]);
  });

  it('says nothing more of a chunk once it is stopped in the middle of it', async () => {
    api.on(path, events(listEnd('7'), added(named('a')), added(named('b'))));
    const listener: WatchListener<string> = {
      begin: () => undefined,
      upsert: (row) => {
        heard.push(row);
        stop.abort();
      },
      remove: () => undefined,
      whole: () => undefined,
      live: () => undefined,
      stale: () => heard.push('stale'),
      refused: () => heard.push('refused'),
    };
    ended = watch(api, clock, { path, read: uidOf }, listener, stop.signal);
    await ended;
    assert.deepEqual(heard, ['a']);
  });
});
