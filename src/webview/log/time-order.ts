const UP_TO_SECONDS = '2026-01-01T00:00:00'.length;

/** The digits after the second, without the zone: the kubelet leaves off trailing zeros, so lengths differ. */
function fraction(at: string): string {
  return at.slice(UP_TO_SECONDS, at.endsWith('Z') ? -1 : undefined);
}

/**
 * Orders two RFC 3339 times in UTC to the nanosecond; negative when `a` is earlier. Compares as text, since `Date` holds
 * milliseconds only.
 */
export function compareTimes(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length === b.length) return a < b ? -1 : 1;
  const wholeA = a.slice(0, UP_TO_SECONDS);
  const wholeB = b.slice(0, UP_TO_SECONDS);
  if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1;
  const fractionA = fraction(a).replace(/0+$/, '');
  const fractionB = fraction(b).replace(/0+$/, '');
  if (fractionA === fractionB || (fractionA + fractionB).replaceAll('.', '') === '') return 0;
  return fractionA < fractionB ? -1 : 1;
}

export interface InTimeOrder<Entry extends { readonly at: string } = { readonly at: string }> {
  readonly length: number;
  at(index: number): Entry | undefined;
}

/** The index of the first entry that is not earlier than `at`; the length where all are. Halves the list at each look. */
export function firstNotBefore(entries: InTimeOrder, at: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries.at(middle);
    if (entry !== undefined && compareTimes(entry.at, at) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
