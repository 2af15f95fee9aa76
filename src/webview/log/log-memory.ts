import type { LogFilter } from './filter.ts';
import { NO_FILTER } from './filter.ts';

/** What a person chose in one log area. */
export interface LogViewState {
  readonly filter: LogFilter;
  readonly following: boolean;
  readonly wrap: boolean;
  readonly stamps: boolean;
}

/** Where a log area keeps what the person chose. */
export interface LogMemory {
  readonly state: LogViewState;
  change(part: Partial<LogViewState>): void;
}

export const FIRST_LOG_STATE: LogViewState = {
  filter: NO_FILTER,
  following: true,
  wrap: false,
  stamps: true,
};

/** Reads what an earlier page has stored; what is not understood takes its first value. */
export function readLogState(stored: unknown): LogViewState {
  if (typeof stored !== 'object' || stored === null) return FIRST_LOG_STATE;
  return {
    filter: 'filter' in stored ? readFilter(stored.filter) : NO_FILTER,
    following: !('following' in stored && stored.following === false),
    wrap: 'wrap' in stored && stored.wrap === true,
    stamps: !('stamps' in stored && stored.stamps === false),
  };
}

function readFilter(stored: unknown): LogFilter {
  if (typeof stored !== 'object' || stored === null) return NO_FILTER;
  return {
    text: 'text' in stored && typeof stored.text === 'string' ? stored.text : '',
    regex: 'regex' in stored && stored.regex === true,
    errors: 'errors' in stored && stored.errors === true,
    warnings: 'warnings' in stored && stored.warnings === true,
  };
}
