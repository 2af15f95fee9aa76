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

  it('asks again every five seconds while it is visible, and not at all while it is not', async () => {
    let seen = Promise.withResolvers<void>();
    const endpoints = () => ({ health: `${server.url}/health`, critical: [`${server.url}/a`] });
    const watch = new EndpointWatch(clock, endpoints, () => seen.resolve());
    const look = async (): Promise<void> => {
      await seen.promise;
      seen = Promise.withResolvers();
      await clock.settle();
    };
    assert.deepEqual(server.asked, []);
    watch.setVisible(true);
    watch.setVisible(true);
    await look();
    assert.deepEqual(server.asked.toSorted(), ['GET /a', 'GET /health']);
    assert.equal(watch.health.length + watch.critical.length, 2);
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
});
