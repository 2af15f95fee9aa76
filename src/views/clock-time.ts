/** The local time of day of `at`, with the date where that is not today's: `02:58`, `2026-11-22 02:58`. Both are ms since the epoch. */
export function clockTime(at: number, now: number): string {
  const then = new Date(at);
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (then.toDateString() === new Date(now).toDateString()) return time;
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
