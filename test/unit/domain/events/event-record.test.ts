import assert from 'node:assert/strict';
import { eventRecord } from '../../../../src/domain/events/event-record.ts';
import { event } from './event-objects.ts';

/** As the API server sends what a client of events.k8s.io has written: absent times are null. */
function fromEventsApi(more: object): Parameters<typeof eventRecord>[0] {
  const json = {
    ...event({ source: {}, reportingComponent: 'kubelet' }),
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: '2026-01-01T10:00:00.000001Z',
    ...more,
  };
  return JSON.parse(JSON.stringify(json));
}

describe('an event', () => {
  it('counts and spans what the core API counted', () => {
    const json = event({ count: 12, lastTimestamp: '2026-01-01T10:27:00Z' });
    const { count, first, last } = eventRecord(json);
    assert.deepEqual([count, first, last], [12, '2026-01-01T10:00:00Z', '2026-01-01T10:27:00Z']);
  });

  it('counts and spans a series of events.k8s.io', () => {
    const series = { count: 7, lastObservedTime: '2026-01-01T10:05:00.5Z' };
    const { count, first, last, source } = eventRecord(fromEventsApi({ series }));
    assert.deepEqual([count, first, last], [7, '2026-01-01T10:00:00.000001Z', '2026-01-01T10:05:00.5Z']);
    assert.equal(source, 'kubelet');
  });

  it('that is no series was seen once, at its eventTime', () => {
    const { count, first, last } = eventRecord(fromEventsApi({}));
    assert.deepEqual([count, first, last], [1, '2026-01-01T10:00:00.000001Z', '2026-01-01T10:00:00.000001Z']);
  });

  it('names the container that it is about', () => {
    for (const fieldPath of ['spec.containers{api}', 'spec.initContainers{api}'])
      assert.equal(eventRecord(event({ involvedObject: { fieldPath } })).object.container, 'api');
    assert.equal(eventRecord(event()).object.container, undefined);
  });

  it('with nothing in it is read all the same', () => {
    const { message, object, count, last } = eventRecord({ metadata: {}, involvedObject: {} });
    assert.deepEqual([message, object.kind, count, last], ['', '', 1, '']);
  });
});
