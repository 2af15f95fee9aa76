const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
] as const;

/** How long ago `at` (RFC 3339) was at `now` (ms since the epoch), in one unit: `6 d`, `3 h`, `2 min`, `40 s`. */
export function age(at: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(at));
  if (Number.isNaN(ms)) return '';
  for (const { name, ms: size } of units) if (ms >= size) return `${Math.floor(ms / size)} ${name}`;
  return `${Math.floor(ms / 1000)} s`;
}
