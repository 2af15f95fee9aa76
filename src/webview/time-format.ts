const two = (value: number): string => String(value).padStart(2, '0');

/** Wall-clock time in the person's own zone, `HH:MM:SS`; the text itself when it is not a time. */
export function localTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** As `localTime`, with milliseconds: `HH:MM:SS.mmm`. Finer digits are cut off, not rounded. */
export function localTimeWithMillis(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return `${localTime(at)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** How long it takes, in fixed columns: `02:41`, `1:02:41`, `3 d 04:05`. A negative time (clock skew) reads `00:00`. */
export function elapsedTime(sinceMs: number, untilMs: number): string {
  const seconds = Math.max(0, Math.floor((untilMs - sinceMs) / 1000));
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${two(hours % 24)}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${two(minutes)}:${two(seconds % 60)}`;
}

/** How long something took, once it is over: `0.4 s` under ten seconds, then as `elapsedTime`. */
export function durationTaken(since: string, until: string): string {
  const milliseconds = Math.max(0, Date.parse(until) - Date.parse(since));
  if (Number.isNaN(milliseconds)) return '';
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return elapsedTime(0, milliseconds);
}

/** Whole numbers with thousands apart: `1,217`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 line`, `1,217 lines`. */
export function counted(value: number, singular: string): string {
  return `${count(value)} ${singular}${value === 1 ? '' : 's'}`;
}
