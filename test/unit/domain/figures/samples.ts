import type { FigureSample } from '../../../../src/domain/figures/sample.ts';

/** A healthy sample of three pods, so many seconds after the beginning. */
export function sampleAt(seconds: number, changed: Partial<FigureSample> = {}): FigureSample {
  return {
    at: seconds * 1000,
    ready: 3,
    desired: 3,
    restarts: 4,
    cpuMilli: 200,
    memoryBytes: 400 * 1024 * 1024,
    errorLines: 2,
    latencyMs: 80,
    answered: true,
    failing: false,
    ...changed,
  };
}

/** One every 15 s, from `from` on. */
export function samplesFrom(
  from: number,
  count: number,
  changed: Partial<FigureSample> = {},
): readonly FigureSample[] {
  return Array.from({ length: count }, (_, i) => sampleAt(from + i * 15, changed));
}
