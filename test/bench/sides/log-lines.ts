import type { StampedLine } from '../../../src/domain/logs/split.ts';

/** How many containers write, and how many lines each writes in one tick of `tickMs`: 100,000 lines a second together. */
export const streams = 300;
export const tickMs = 30;
const linesPerTick = 10;

/** How many ticks it takes until so many lines are written. */
export function ticksFor(lines: number): number {
  return Math.ceil(lines / streams / linesPerTick);
}

/** What one container writes in one tick: the containers' lines fall between one another. */
export function linesOf(stream: number, tick: number): StampedLine[] {
  return Array.from({ length: linesPerTick }, (_, i) => {
    const ms = tick * tickMs + i * (tickMs / linesPerTick);
    const nanos = String(((stream * 7919) % 2_999_999) + i)
      .padStart(6, '0')
      .slice(-6);
    const at = new Date(Date.UTC(2026, 0, 1) + ms).toISOString().replace('Z', `${nanos}Z`);
    const level = (stream + i) % 40 === 0 ? 'ERROR' : 'INFO';
    const text = `${level} GET /api/v1/tracks/${tick * 31 + i} 200 ${stream % 97}ms user=${stream * tick}`;
    return { at, text, omittedBytes: 0 };
  });
}

/** The most memory of this process, in MB. */
export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}
