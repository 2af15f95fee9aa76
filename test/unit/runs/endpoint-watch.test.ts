import assert from 'node:assert/strict';

import { EndpointWatch } from '../../../src/runs/endpoint-watch.ts';
import { type Loopback, loopback } from '../cluster/loopback.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('the watch of addresses', () => {
  let server: Loopback;
  let clock: VirtualClock;

  beforeEach(async () => {
    clock = new VirtualClock();
    server = await loopback((_request, response) => void response.end('ok'));
  });

  afterEach(() => server.close());

  /** A watch, and the wait for its next look to be over. */
  function watched(): { watch: EndpointWatch; look(): Promise<void> } {
    let seen = Promise.withResolvers<void>();
    const endpoints = () => ({ health: `${server.url}/health`, critical: [`${server.url}/a`] });
    const watch = new EndpointWatch(clock, endpoints);
    watch.onDidSee(() => seen.resolve());
    return {
      watch,
      async look() {
        await seen.promise;
        seen = Promise.withResolvers();
        await clock.settle();
      },
    };
  }

  it('asks again every five seconds while it is visible, and not at all while it is not', async () => {
    const { watch, look } = watched();
    assert.deepEqual(server.asked, []);
    assert.equal(typeof watch.health, 'undefined');
    watch.setVisible(true);
    watch.setVisible(true);
    await look();
    assert.deepEqual(server.asked.toSorted(), ['GET /a', 'GET /health']);
    assert.deepEqual([watch.health?.state, watch.critical?.state], ['ok', 'ok']);
    await clock.advance(5_000);
    await look();
    assert.equal(server.asked.length, 4);
    watch.setVisible(false);
    await clock.advance(60_000);
    assert.equal(server.asked.length, 4);
    watch.setVisible(true);
    await look();
    assert.equal(server.asked.length, 6);
    watch.dispose();
    await clock.settle();
    assert.equal(clock.waiting, 0);
  });

  it('asks nothing any more once it has ended, though a panel is shown again', async () => {
    const { watch, look } = watched();
    watch.setVisible(true);
    await look();
    watch.dispose();
    const { length } = server.asked;
    watch.setVisible(false);
    watch.setVisible(true);
    await clock.advance(60_000);
    assert.deepEqual([server.asked.length, clock.waiting], [length, 0]);
    // What was answered last is still told.
    assert.equal(watch.health?.state, 'ok');
  });

  it('asks every thirty seconds while only a run wants to know, and at once when somebody looks', async () => {
    const { watch, look } = watched();
    watch.setWatched(true);
    await look();
    await clock.advance(29_000);
    assert.equal(server.asked.length, 2);
    await clock.advance(1_000);
    await look();
    assert.equal(server.asked.length, 4);
    watch.setVisible(true);
    await look();
    assert.equal(server.asked.length, 6);
    watch.setVisible(false);
    await look();
    watch.setWatched(false);
    const { length } = server.asked;
    await clock.advance(60_000);
    assert.equal(server.asked.length, length);
    assert.equal(clock.waiting, 0);
    watch.dispose();
  });
});
