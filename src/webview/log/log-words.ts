import { LOG_CAPACITY } from './log-store.ts';
import type { LogStatusModel } from '../../shared/messages.ts';
import { count, counted, localTime } from '../time-format.ts';

/** What the log area holds, beside what the host has told of the streams. */
export interface LogHolding {
  readonly kept: number;
  readonly shown: number;
  readonly filtering: boolean;
  readonly unreadable: number;
  /** RFC 3339 of the newest line. */
  readonly lastAt: string | undefined;
}

/** `3 streams · 1,217 lines · none dropped`; also how many pass the filter, are still kept, or could not be read. */
export function holdingWords(status: LogStatusModel | undefined, holding: LogHolding): string {
  if (status === undefined) return 'No streams yet';
  const { kept, shown, filtering, unreadable } = holding;
  const lines = counted(status.received, 'line');
  const parts = [
    counted(status.streams, 'stream'),
    status.received > kept && kept >= LOG_CAPACITY ? `${lines}, the last ${count(kept)} kept` : lines,
    status.dropped === 0 ? 'none dropped' : `${count(status.dropped)} dropped`,
  ];
  if (filtering) parts.push(`${count(shown)} shown`);
  if (unreadable > 0) parts.push(`${count(unreadable)} unreadable`);
  return parts.join(' · ');
}

/** Whether what is shown is the truth of now, and since when it is not. */
export function livenessWords(status: LogStatusModel | undefined, lastAt: string | undefined): string {
  if (status === undefined) return 'connecting';
  const since = localTime(status.since);
  const why = status.message === undefined ? '' : `: ${status.message}`;
  if (status.state === 'live') return lastAt === undefined ? 'live' : `live, last line ${localTime(lastAt)}`;
  if (status.state === 'waiting') return `waiting since ${since}${why}`;
  return status.state === 'ended' ? `ended at ${since}${why}` : `stale since ${since}${why}`;
}

/** What stands in the place of the lines while there are none to show; undefined when there are. */
export function emptyWords(status: LogStatusModel | undefined, holding: LogHolding): string | undefined {
  if (holding.shown > 0) return undefined;
  if (holding.kept > 0) return 'No line passes the filter.';
  if (status === undefined) return 'Opening the logs…';
  const why = status.message ?? '';
  if (status.state === 'waiting') return why === '' ? 'No pod runs yet. Its log begins here.' : why;
  if (status.state === 'stale') return `The logs cannot be read. ${why}`.trim();
  if (status.state === 'ended') return `The log has ended without a line. ${why}`.trim();
  return 'No lines yet. What the pods write appears here at once.';
}
