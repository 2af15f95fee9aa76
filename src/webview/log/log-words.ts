import { isFiltering } from './filter.ts';
import type { LogStore } from './log-store.ts';
import type { LogStatusModel } from '../../shared/messages.ts';
import { count, counted, localTime } from '../time-format.ts';

/** What the log area holds, beside what the host has told of the streams. */
export interface LogHolding {
  readonly kept: number;
  /** Lines that had to leave to make room for newer ones. */
  readonly gone: number;
  readonly shown: number;
  readonly filtering: boolean;
  readonly unreadable: number;
  /** RFC 3339 of the newest line. */
  readonly lastAt: string | undefined;
}

/** What a store holds, of which `unreadable` more lines could not be read. */
export function holdingOf(store: LogStore, unreadable: number): LogHolding {
  const { lines: kept, gone, shownLines: shown, lastLineAt: lastAt } = store;
  return { kept, gone, shown, filtering: isFiltering(store.filter), unreadable, lastAt };
}

/** `3 streams · 1,217 lines · none dropped`; also how many pass the filter, are still kept, or could not be read. */
export function holdingWords(status: LogStatusModel | undefined, holding: LogHolding): string {
  if (status === undefined) return 'No streams yet';
  const { kept, gone, shown, filtering, unreadable } = holding;
  const lines = counted(status.received, 'line');
  const parts = [
    counted(status.streams, 'stream'),
    gone > 0 ? `${lines}, the last ${count(kept)} kept` : lines,
    status.dropped === 0 ? 'none dropped' : `${count(status.dropped)} dropped`,
  ];
  const { captured } = status;
  if (captured !== undefined) {
    const cut = captured.cutLines === 0 ? '' : `, ${count(captured.cutLines)} older cut`;
    parts.push(`${count(captured.lines)} captured at ${localTime(captured.at)}${cut}`);
  }
  if (filtering) parts.push(`${count(shown)} shown`);
  if (unreadable > 0) parts.push(`${count(unreadable)} unreadable`);
  return parts.join(' · ');
}

/** What a screen reader is told once a filter has been worked out. */
export function filterWords({ filtering, shown, kept }: LogHolding): string {
  return filtering
    ? `${count(shown)} of ${counted(kept, 'line')} shown`
    : `All ${counted(kept, 'line')} shown`;
}

/** What a screen reader is told of a search: `Match 3 of 128`. */
export function searchSaid({ found, at }: { readonly found: number; readonly at: number }): string {
  if (found === 0) return 'No line found';
  return at > 0 ? `Match ${count(at)} of ${count(found)}` : `${counted(found, 'line')} found`;
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
  if (status.recorded === true) return why;
  if (status.state === 'ended') return `The log has ended without a line. ${why}`.trim();
  return 'No lines yet. What the pods write appears here at once.';
}
