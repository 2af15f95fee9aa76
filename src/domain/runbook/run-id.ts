/** A run's id: sorts by time, tells the deployment, and is a file's name. `at` is RFC 3339; `random` tells runs of one second apart. */
export function runId(at: string, name: string, random: string): string {
  const time = at.replace(/[-:]/g, '').replace(/\.\d+Z$/, 'Z');
  return `${time}-${name}-${random}`;
}
