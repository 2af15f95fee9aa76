const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A time (RFC 3339) in the person's own zone: `02:58:41`, with the date where that is not today's: `2026-11-22 02:58:41`.
 * `now` is ms since the epoch. Empty where the text is no time.
 */
export function localTime(at: string, now: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const day = dayOf(date);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return day === dayOf(new Date(now)) ? time : `${day} ${time}`;
}

function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
