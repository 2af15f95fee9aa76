import assert from 'node:assert/strict';
import { RedrawQueue } from '../../../src/host/tree/redraw-queue.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('the queue of rows to redraw', () => {
  const make = (isOutdated: (id: string) => boolean = () => true) => {
    const clock = new VirtualClock();
    const drawn: (readonly string[])[] = [];
    const queue = new RedrawQueue(clock, isOutdated, (ids) => drawn.push(ids));
    return { clock, drawn, queue };
  };

  it('draws a row once, however often it changed, and some times a second', async () => {
    const { clock, drawn, queue } = make();
    for (let change = 0; change < 1000; change += 1) {
      queue.add([`row ${change % 5}`]);
      await clock.advance(1);
    }
    assert.ok(drawn.length <= 4, `${drawn.length} redraws in a second`);
    for (const ids of drawn.slice(1)) assert.equal(ids.length, 5);
  });

  it('leaves alone what says the same', async () => {
    const { clock, drawn, queue } = make((id) => id === 'other');
    queue.add(['same', 'other']);
    await clock.advance(1000);
    assert.deepEqual(drawn, [['other']]);
  });

  it('spreads thousands of rows over time, and forgets none', async () => {
    const { clock, drawn, queue } = make();
    queue.add(Array.from({ length: 500 }, (_, index) => String(index)));
    await clock.advance(10_000);
    assert.ok(drawn.every((ids) => ids.length <= 60));
    assert.equal(drawn.flat().length, 500);
    assert.equal(clock.waiting, 0);
  });

  it('rests while nobody looks, and catches up at once', async () => {
    const { clock, drawn, queue } = make();
    queue.pause(true);
    queue.add(['row']);
    await clock.advance(10_000);
    assert.deepEqual(drawn, []);
    queue.pause(false);
    assert.deepEqual(drawn, [['row']]);
  });
});
