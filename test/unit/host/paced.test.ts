import assert from 'node:assert/strict';
import { Paced } from '../../../src/host/paced.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('what is done at a pace', () => {
  const make = () => {
    const clock = new VirtualClock();
    const at: number[] = [];
    const begun = clock.now();
    const paced = new Paced(clock, 100, () => at.push(clock.now() - begun));
    return { clock, at, paced };
  };

  it('is done in the next turn after a quiet time, once for all that ask in this one', async () => {
    const { clock, at, paced } = make();
    paced.soon();
    paced.soon();
    assert.deepEqual(at, []);
    await clock.advance(0);
    assert.deepEqual(at, [0]);
    await clock.advance(1000);
    paced.soon();
    await clock.advance(0);
    assert.deepEqual(at, [0, 1000]);
    assert.equal(clock.waiting, 0);
  });

  it('is done no more often than it may, and for the last that asked too', async () => {
    const { clock, at, paced } = make();
    for (let ms = 0; ms < 250; ms += 1) {
      paced.soon();
      await clock.advance(1);
    }
    await clock.advance(1000);
    assert.deepEqual(at, [0, 100, 200, 300]);
  });

  it('is not done once it was forgotten, and again when asked again', async () => {
    const { clock, at, paced } = make();
    paced.soon();
    paced.forget();
    await clock.advance(1000);
    assert.deepEqual(at, []);
    paced.soon();
    await clock.advance(0);
    assert.deepEqual(at, [1000]);
  });
});
