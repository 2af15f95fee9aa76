import assert from 'node:assert/strict';
import fc from 'fast-check';

import { watch } from '../../../src/cluster/watch/watch.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { ModelApi } from './model-api.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), name }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(30_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'cut',
        'halfOpen',
        'goAway',
        'comeBack',
        'compact',
        'sleep',
        'repeat',
        'bookmark',
        'endInPeace',
        'busy',
      ),
    }),
  },
);

describe('what a watch tells', () => {
  it('adds up to a fresh list, whatever happened to the objects, the connection, the API server and the computer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        async (steps, streamsLists, pageSize) => {
          const clock = new VirtualClock();
          const api = new ModelApi(clock, { streamsLists, pageSize });
          const stop = new AbortController();
          const held = new Map<string, string>();
          let unlisted = new Set<string>();
          let live = false;
          const read = ({ metadata }: { metadata: { uid: string; resourceVersion: string } }) => metadata;
          const ended = watch(
            api,
            clock,
            { path: '/pods', read },
            {
              begin: () => (unlisted = new Set(held.keys())),
              upsert: ({ uid, resourceVersion }) => {
                unlisted.delete(uid);
                held.set(uid, resourceVersion);
              },
              remove: (uid) => held.delete(uid),
              whole: () => unlisted.forEach((uid) => held.delete(uid)),
              live: () => (live = true),
              stale: (error, since) => {
                live = false;
                // What was missed was missed after that moment.
                assert.ok(since === undefined || since <= clock.now(), error.message);
              },
              refused: (error) => assert.fail(error),
            },
            stop.signal,
          );
          for (const each of steps) {
            if (each.kind === 'wait') await clock.advance(each.ms);
            else if (each.kind === 'write') api.write(each.name);
            else if (each.kind === 'delete') api.delete(each.name);
            else if (each.kind === 'sleep') {
              api.halfOpen();
              clock.sleepThrough(3_600_000);
            } else api[each.kind]();
            await clock.settle();
          }
          api.comeBack();
          // A dead connection is noticed in 15 s; then come a pause before the next try, and the list.
          await clock.advance(60_000);
          assert.deepEqual(Object.fromEntries(held), Object.fromEntries(api.objects));
          assert.equal(live, true);
          stop.abort();
          await ended;
          await clock.settle();
          assert.equal(clock.waiting, 0, 'no timer is left behind');
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(60_000);
});
