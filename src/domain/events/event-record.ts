import type { CoreV1Event } from '@kubernetes/client-node';
import type { Json } from '../rollout/json.ts';
import type { Kept } from '../rollout/kept-fields.ts';

export type EventJson = Json<CoreV1Event>;

/** What an event's record is read from. */
export const eventPart = {
  metadata: { uid: true, creationTimestamp: true },
  type: true,
  reason: true,
  message: true,
  involvedObject: { kind: true, name: true, uid: true, fieldPath: true },
  series: { count: true, lastObservedTime: true },
  count: true,
  source: true,
  reportingComponent: true,
  eventTime: true,
  firstTimestamp: true,
  lastTimestamp: true,
} as const;

type EventPart = Kept<EventJson, typeof eventPart>;

/** What an event is about. */
export interface EventObject {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  /** The container it is about, where it is about one of a pod's. */
  readonly container: string | undefined;
}

/** What is kept of an event. */
export interface EventRecord {
  readonly uid: string;
  readonly warning: boolean;
  readonly reason: string;
  readonly object: EventObject;
  readonly message: string;
  /** Who reported it: `kubelet node-1`. */
  readonly source: string;
  /** How often it was seen; at least 1. */
  readonly count: number;
  /** RFC 3339, empty where the event does not say. */
  readonly first: string;
  readonly last: string;
}

const containerPath = /^spec\.(?:initC|ephemeralC|c)ontainers\{(.+)\}$/;

/**
 * An event as the core API gives it, which serves those written through events.k8s.io too. Times and counts are read
 * as the API server's table printer reads them (pkg/printers/internalversion/printers.go: printEvent): a series
 * counts before `count`, and an event with neither was seen once.
 */
export function eventRecord(json: EventPart): EventRecord {
  const { metadata, involvedObject: about, series, source } = json;
  const first = time(json.firstTimestamp) || time(json.eventTime) || time(metadata.creationTimestamp);
  const component = source?.component || (json.reportingComponent ?? '');
  const host = source?.host ?? '';
  return {
    uid: metadata.uid ?? '',
    warning: json.type === 'Warning',
    reason: json.reason ?? '',
    object: {
      kind: about?.kind ?? '',
      name: about?.name ?? '',
      uid: about?.uid ?? '',
      container: containerPath.exec(about?.fieldPath ?? '')?.[1],
    },
    message: json.message ?? '',
    source: host === '' ? component : `${component} ${host}`,
    count: Math.max(1, series?.count ?? json.count ?? 1),
    first,
    last: time(series?.lastObservedTime) || time(json.lastTimestamp) || first,
  };
}

/** The API server writes an absent time as null. */
function time(text: string | null | undefined): string {
  return text ?? '';
}
