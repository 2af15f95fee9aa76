import {
  type EventJson,
  eventPart,
  eventRecord,
  type EventRecord,
} from '../../domain/events/event-record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { ApiServer } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';
import { watch } from '../watch/watch.ts';

/** How well the events are known. */
export type EventsSeen =
  | { readonly kind: 'loading' }
  | { readonly kind: 'live' }
  /** `since`: ms since the epoch, when they were last known to be true; undefined where they never were. */
  | { readonly kind: 'stale'; readonly since: number | undefined; readonly error: ApiError }
  | { readonly kind: 'refused'; readonly error: ApiError };

/** Events by their uids. What is handed on changes as the watch goes on. */
export type Events = ReadonlyMap<string, EventRecord>;

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
  tell: (events: Events, seen: EventsSeen) => void,
  signal: AbortSignal,
): Promise<void> {
  const events = new Map<string, EventRecord>();
  /** uids told of since a list began. */
  let listed: Set<string> | undefined;
  let seen: EventsSeen = { kind: 'loading' };
  const now = (state: EventsSeen) => {
    seen = state;
    tell(events, seen);
  };
  await watch(
    api,
    clock,
    {
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`,
      fields: eventPart,
      read: eventRecord,
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    },
    {
      begin: () => (listed = new Set()),
      upsert(record) {
        events.set(record.uid, record);
        if (listed === undefined) now(seen);
        else listed.add(record.uid);
      },
      remove(uid) {
        if (events.delete(uid)) now(seen);
      },
      whole() {
        for (const uid of events.keys()) if (listed?.has(uid) === false) events.delete(uid);
        listed = undefined;
      },
      live: () => now({ kind: 'live' }),
      stale: (error, since) => now({ kind: 'stale', since, error }),
      refused: (error) => now({ kind: 'refused', error }),
    },
    signal,
  );
}

const pageSize = 500;

/** A namespace's events as they are now. */
export interface EventsRead {
  readonly events: readonly EventRecord[];
  /** False where there are more than were read: the server gives them in no order of time. */
  readonly whole: boolean;
}

/** Reads a namespace's events once, at most so many pages of 500. Throws ApiError. */
export async function readEvents(
  api: ApiServer,
  namespace: string,
  mostPages: number,
  signal: AbortSignal,
): Promise<EventsRead> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const events: EventRecord[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const from = next === undefined ? {} : { continue: next };
    const body = await api.get(path, { limit: String(pageSize), ...from }, { signal, timeoutMs: 30_000 });
    const list = jsonBody<{ items?: EventJson[]; metadata?: { continue?: string } }>(body);
    events.push(...(list.items ?? []).map((json) => eventRecord(json)));
    next = list.metadata?.continue || undefined;
    if (next === undefined) break;
  }
  return { events, whole: next === undefined };
}
