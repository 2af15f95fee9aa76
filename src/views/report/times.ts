/** Whose time a report tells: when it is made, and how its person's zone differs from UTC. */
export interface ReportClock {
  /** Ms since the epoch. */
  readonly now: number;
  /** Minutes by which the person's zone is ahead of UTC at a moment (ms since the epoch). */
  offsetMinutes(at: number): number;
}

/** A time (RFC 3339, or ms since the epoch) in the person's zone: `2026-05-09 05:01:02 +02:00`. */
export function zonedTime(at: string | number, clock: ReportClock): string {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(ms)) return 'unknown time';
  const offset = clock.offsetMinutes(ms);
  const local = new Date(ms + offset * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${offsetWords(offset)}`;
}

/** `2026-05-09T03:01:02Z`. */
export function utcTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `+02:00`. */
export function offsetWords(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `45 s`, `2 min 14 s`, `1 h 05 min`, `2 d 3 h`; undefined where one of the two (RFC 3339) is missing or they do not follow. */
export function duration(from: string | undefined, until: string | undefined): string | undefined {
  const seconds = Math.round((Date.parse(until ?? '') - Date.parse(from ?? '')) / 1000);
  if (!(seconds >= 0)) return undefined;
  const [minutes, hours, days] = [
    Math.floor(seconds / 60),
    Math.floor(seconds / 3600),
    Math.floor(seconds / 86_400),
  ];
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${two(minutes % 60)} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
