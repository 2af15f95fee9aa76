import type { EventJson } from '../../../../src/domain/events/event-record.ts';

/** An event as the core API gives it: seen once, of pod web-6f7d9c4b5-x2k9q, unless said otherwise. */
export function event(more: Partial<EventJson> = {}): EventJson {
  const { metadata, involvedObject, ...rest } = more;
  return {
    metadata: { uid: 'event-1', creationTimestamp: '2026-01-01T10:00:00Z', ...metadata },
    involvedObject: { kind: 'Pod', name: 'web-6f7d9c4b5-x2k9q', uid: 'pod-1', ...involvedObject },
    type: 'Normal',
    reason: 'Started',
    message: 'Started container app',
    firstTimestamp: '2026-01-01T10:00:00Z',
    lastTimestamp: '2026-01-01T10:00:00Z',
    source: { component: 'kubelet', host: 'node-1' },
    ...rest,
  };
}
