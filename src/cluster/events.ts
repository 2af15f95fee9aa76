import { eventRecord, type EventJson, type EventRecord } from '../domain/events/event-record.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiError } from './api-error.ts';
import type { ApiServer } from './api-server.ts';
import { watch, type WatchedObject } from './watch.ts';

/** How well the events are known. */
export type EventsSeen =
  | { readonly kind: 'loading' }
  | { readonly kind: 'live' }
  /** `since`: ms since the epoch. */
  | { readonly kind: 'stale'; readonly since: number; readonly error: ApiError }
  | { readonly kind: 'refused'; readonly error: ApiError };

export interface EventScope {
  readonly namespace: string;
  /** e.g. `involvedObject.name=x`; all events of the namespace where undefined. */
  readonly fieldSelector?: string;
}

/**
 * Tells of a namespace's events, and again whenever they change, until `signal` aborts or reading is refused. The core
 * API serves those of events.k8s.io as well. `tell` may be called often: it is for the caller to draw seldom.
 */
export async function followEvents(
  api: ApiServer,
  clock: Clock,
  { namespace, fieldSelector }: EventScope,
  tell: (events: Iterable<EventRecord>, seen: EventsSeen) => void,
  signal: AbortSignal,
): Promise<void> {
  const events = new Map<string, EventRecord>();
  let seen: EventsSeen = { kind: 'loading' };
  const put = (object: WatchedObject) => {
    // What the API server sends on this path is an event: its record is made with care.
    const record = eventRecord(object as EventJson);
    events.set(record.uid, record);
  };
  const now = (state: EventsSeen) => {
    seen = state;
    tell(events.values(), seen);
  };
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  await watch(
    api,
    clock,
    { path, ...(fieldSelector === undefined ? {} : { fieldSelector }) },
    {
      replace(objects) {
        events.clear();
        objects.forEach(put);
        now(seen);
      },
      upsert(object) {
        put(object);
        now(seen);
      },
      remove(object) {
        events.delete(object.metadata?.uid ?? '');
        now(seen);
      },
      live: () => now({ kind: 'live' }),
      stale: (error) =>
        now({ kind: 'stale', since: seen.kind === 'stale' ? seen.since : clock.now(), error }),
      refused: (error) => now({ kind: 'refused', error }),
    },
    signal,
  );
}
