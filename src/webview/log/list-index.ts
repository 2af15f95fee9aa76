import type { LogEntry } from './entry.ts';
import type { Ring } from './ring.ts';
import { firstNotBefore } from './time-order.ts';

/** How far from its time an entry is looked for: lines that came late stand near their place, not always at it. */
const NEAR = 4_000;

/** Where `entry` is in the list; -1 when it is not there (any more). */
export function indexOf(list: Ring<LogEntry>, entry: LogEntry): number {
  const around = firstNotBefore(list, entry.at);
  for (let distance = 0; distance <= NEAR; distance++) {
    if (list.at(around + distance) === entry) return around + distance;
    if (list.at(around - distance) === entry) return around - distance;
  }
  return -1;
}
