import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldEvents } from '../../../../src/domain/events/event-folding.ts';
import { type EventJson, eventRecord, type EventRecord } from '../../../../src/domain/events/event-record.ts';
import { event } from './event-objects.ts';

const at = (second: number): string => `2026-01-01T10:00:${String(second).padStart(2, '0')}Z`;

function record(uid: string, more: Partial<EventJson>): EventRecord {
  return eventRecord(event({ ...more, metadata: { uid } }));
}

describe('folding events', () => {
  it('puts the last seen last, also where one time has a fraction of a second', () => {
    const events = [
      record('c', { message: 'c', lastTimestamp: '2026-01-01T10:00:05.2Z' }),
      record('b', { message: 'b', lastTimestamp: at(5) }),
      record('a', { message: 'a', lastTimestamp: at(4) }),
    ];
    assert.deepEqual(
      foldEvents(events).map(({ message }) => message),
      ['a', 'b', 'c'],
    );
  });

  it('counts what several events say of one object in the same words as one line', () => {
    const [line, ...others] = foldEvents([
      record('a', { count: 3, firstTimestamp: at(1), lastTimestamp: at(9) }),
      record('b', { count: 4, firstTimestamp: at(2), lastTimestamp: at(8) }),
    ]);
    assert.deepEqual(others, []);
    assert.deepEqual([line?.count, line?.first, line?.last], [7, at(1), at(9)]);
  });

  it('keeps apart what differs in its object, reason, type, message or container', () => {
    const differing: readonly Partial<EventJson>[] = [
      {},
      { reason: 'Killing' },
      { type: 'Warning' },
      { message: 'other' },
      { involvedObject: { uid: 'pod-2' } },
      { involvedObject: { fieldPath: 'spec.containers{api}' } },
    ];
    const events = differing.map((more, index) => record(String(index), more));
    assert.equal(foldEvents(events).length, differing.length);
  });

  it('loses no sighting and does not depend on the order in which events come', () => {
    const one = fc.record({
      message: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 1, max: 50 }),
      first: fc.integer({ min: 0, max: 29 }),
      lasts: fc.integer({ min: 0, max: 29 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (made) => {
        const events = made.map(({ message, count, first, lasts }, index) =>
          record(String(index), {
            message,
            count,
            firstTimestamp: at(first),
            lastTimestamp: at(first + lasts),
          }),
        );
        const lines = foldEvents(events);
        const sum = (of: readonly EventRecord[]) => of.reduce((total, { count }) => total + count, 0);
        assert.equal(sum(lines), sum(events));
        const essence = (of: readonly EventRecord[]) =>
          of.map(({ message, count, first, last }) => `${message} ${count} ${first} ${last}`).toSorted();
        assert.deepEqual(essence(foldEvents(events.toReversed())), essence(lines));
      }),
    );
  });
});
