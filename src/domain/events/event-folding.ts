import { byText } from '../rollout/order.ts';
import type { EventRecord } from './event-record.ts';

/**
 * Events as lines to read, the last seen last: what is said of one object in the same words by several events is one
 * line that counts them all.
 */
export function foldEvents(events: Iterable<EventRecord>): readonly EventRecord[] {
  const lines = new Map<string, EventRecord>();
  for (const event of events) {
    const { warning, reason, object, message } = event;
    const key = JSON.stringify([
      warning,
      reason,
      object.kind,
      object.uid || object.name,
      object.container,
      message,
    ]);
    const before = lines.get(key);
    lines.set(key, before === undefined ? event : together(before, event));
  }
  return [...lines.values()].toSorted(
    (a, b) => byTime(a.last, b.last) || byTime(a.first, b.first) || byText(a.uid, b.uid),
  );
}

function together(a: EventRecord, b: EventRecord): EventRecord {
  const [earlier, later] = byTime(a.last, b.last) <= 0 ? [a, b] : [b, a];
  return {
    ...later,
    count: a.count + b.count,
    first: byTime(earlier.first, later.first) <= 0 ? earlier.first : later.first,
  };
}

/** RFC 3339 in UTC, with or without a fraction of a second: `…:05Z` is before `…:05.2Z`. */
function byTime(a: string, b: string): number {
  return byText(a.replace(/Z$/, ''), b.replace(/Z$/, ''));
}
