import assert from 'node:assert/strict';

import { StartQueue } from '../../../src/cluster/watch/start-queue.ts';

describe('a queue of starts', () => {
  it('begins so many at once, and the next when one has begun, in order', () => {
    const queue = new StartQueue(2);
    const began: number[] = [];
    const begun: (() => void)[] = [];
    for (let index = 0; index < 5; index++)
      queue.add((done) => {
        began.push(index);
        begun.push(done);
      });
    assert.deepEqual(began, [0, 1]);
    begun[1]?.();
    begun[1]?.();
    assert.deepEqual(began, [0, 1, 2], 'one place is given once');
    begun[0]?.();
    begun[2]?.();
    assert.deepEqual(began, [0, 1, 2, 3, 4]);
  });

  it('goes on where one has begun at once', () => {
    const queue = new StartQueue(1);
    let began = 0;
    for (let index = 0; index < 1_000; index++)
      queue.add((done) => {
        began++;
        done();
      });
    assert.equal(began, 1_000);
  });
});
