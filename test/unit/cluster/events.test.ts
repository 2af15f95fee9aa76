import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { type Events, type EventsSeen, followEvents } from '../../../src/cluster/reads/events.ts';
import { event } from '../domain/events/event-objects.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { added, events, listEnd, WatchScript } from './watch-script.ts';

const path = '/api/v1/namespaces/shop/events';

describe('following events', () => {
  let clock: VirtualClock;
  let api: WatchScript;
  let stop: AbortController;
  let told: { readonly events: Events; readonly seen: EventsSeen } | undefined;
  beforeEach(() => {
    clock = new VirtualClock();
    api = new WatchScript();
    stop = new AbortController();
    told = undefined;
  });
  afterEach(() => stop.abort());

  const one = (uid: string, message: string) => event({ metadata: { uid, resourceVersion: '5' }, message });

  async function follow(fieldSelector?: string): Promise<void> {
    const scope = { namespace: 'shop', ...(fieldSelector === undefined ? {} : { fieldSelector }) };
    void followEvents(api, clock, scope, (all, seen) => (told = { events: all, seen }), stop.signal);
    await clock.advance(0);
  }

  function messages(): readonly string[] {
    return [...(told?.events.values() ?? [])].map(({ message }) => message);
  }

  it('tells what is there, what comes and what goes, and may be read more than once', async () => {
    const body = events(added(one('a', 'first')), listEnd('10'));
    api.on(path, body);
    await follow();
    assert.equal(told?.seen.kind, 'live');
    assert.deepEqual(messages(), ['first']);
    assert.deepEqual(messages(), ['first'], 'again');
    const lines = [added(one('b', 'second')), { type: 'DELETED', object: one('a', 'first') }];
    body.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await clock.advance(0);
    assert.deepEqual(messages(), ['second']);
  });

  it('asks for those of one object where told so', async () => {
    api.on(path, events(listEnd('10')));
    await follow('involvedObject.name=web');
    assert.equal(api.asked[0]?.query['fieldSelector'], 'involvedObject.name=web');
  });

  it('keeps what it knows while the cluster cannot be seen, and forgets what is gone afterwards', async () => {
    const body = events(added(one('a', 'first')), listEnd('10'));
    const gone = { type: 'ERROR', object: { code: 410, message: 'too old' } };
    api.on(path, body, events(added(one('b', 'second')), listEnd('20')));
    await follow();
    body.write(`${JSON.stringify(gone)}\n`);
    await clock.advance(0);
    assert.deepEqual(messages(), ['first']);
    await clock.advance(5000);
    assert.deepEqual(messages(), ['second']);
    assert.equal(told?.seen.kind, 'live');
  });

  it('ends where reading is refused, and says why', async () => {
    api.on(path, new ApiError('forbidden', 'User "jane" may not list events.'));
    await follow();
    assert.ok(told?.seen.kind === 'refused');
    assert.match(told.seen.error.message, /may not list events/);
  });
});
