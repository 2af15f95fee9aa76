import type { LogEntry } from './entry.ts';
import { plainText, severity } from './entry.ts';
import type { Pattern, PatternWish } from './pattern.ts';
import { plainPattern } from './pattern.ts';

/** What the person wants to see: lines or pods with this text. With neither level on, every level is shown. */
export interface LogFilter extends PatternWish {
  readonly errors: boolean;
  readonly warnings: boolean;
}

export const NO_FILTER: LogFilter = { text: '', regex: false, errors: false, warnings: false };

/** True when the filter hides something. */
export function isFiltering(filter: LogFilter): boolean {
  return filter.text !== '' || filter.errors || filter.warnings;
}

/**
 * Makes the test that an entry must pass. Marks always pass, they tell before from after; and so do gaps, whose lines nobody
 * has seen.
 * @param label the pod label of a source index.
 * @param pattern what `filter` looks for, compiled.
 */
export function filterTest(
  filter: LogFilter,
  label: (source: number) => string,
  pattern: Pattern = plainPattern(filter.text),
): (entry: LogEntry) => boolean {
  const anyLevel = !filter.errors && !filter.warnings;
  if (anyLevel && pattern.empty) return () => true;
  return (entry) => {
    if (entry.kind === 'mark' || entry.gap === true) return true;
    if (!anyLevel) {
      const level = severity(entry);
      if (level === undefined || (level === 'error' ? !filter.errors : !filter.warnings)) return false;
    }
    return pattern.matches(plainText(entry.text)) || pattern.matches(label(entry.source));
  };
}

/** The test of a search: lines alone, by their text. */
export function searchTest(pattern: Pattern): (entry: LogEntry) => boolean {
  return (entry) => entry.kind === 'line' && pattern.matches(plainText(entry.text));
}
