import type { LogEntry } from './entry.ts';
import { plainText, severity } from './entry.ts';

/** What the person wants to see. With neither level on, every level is shown. */
export interface LogFilter {
  /** A part of the line or of the pod's label, in any case; empty shows all. */
  readonly text: string;
  readonly errors: boolean;
  readonly warnings: boolean;
}

export const NO_FILTER: LogFilter = { text: '', errors: false, warnings: false };

/** True when the filter hides something. */
export function isFiltering(filter: LogFilter): boolean {
  return filter.text !== '' || filter.errors || filter.warnings;
}

/**
 * Makes the test that an entry must pass. Marks always pass: they tell before from after.
 * @param label the pod label of a source index.
 */
export function filterTest(
  filter: LogFilter,
  label: (source: number) => string,
): (entry: LogEntry) => boolean {
  if (!isFiltering(filter)) return () => true;
  const wanted = filter.text.toLowerCase();
  const anyLevel = !filter.errors && !filter.warnings;
  return (entry) => {
    if (entry.kind === 'mark') return true;
    if (!anyLevel) {
      const level = severity(entry);
      if (level === undefined || (level === 'error' ? !filter.errors : !filter.warnings)) return false;
    }
    if (wanted === '' || plainText(entry.text).toLowerCase().includes(wanted)) return true;
    return label(entry.source).toLowerCase().includes(wanted);
  };
}
