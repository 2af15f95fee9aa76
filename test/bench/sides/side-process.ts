import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { SideOptions, Told } from '../side.ts';

/** What this side was started with. */
export const options: SideOptions = JSON.parse(process.argv[2] ?? '{}');

function say(told: Told<unknown>): void {
  process.send?.(told);
}

export function ready(): void {
  say({ ready: true });
}

export function finish(result: unknown): void {
  say({ result });
}

/** Of reading everything once. */
export interface SyncResult {
  /** Until everything was there. */
  readonly ms: number;
  /** Until the first rows could be shown. */
  readonly firstMs: number;
  /** Of that, one JSON.parse of each list. */
  readonly parseMs: number;
  /** The most memory of the process, in MB. */
  readonly peakMb: number;
  /** The longest that the process did not come to anything else. */
  readonly stallMs: number;
  /** Processor time of all threads, which a busy machine changes less than `ms`. */
  readonly cpuMs: number;
  readonly objects: number;
}

/**
 * Measures `read`, which calls `first` and `parsed` where there is something to tell. How many objects it has read is counted
 * by what it gives, when the measurement is over.
 */
export async function measureSync(
  read: (told: { first(): void; parsed(ms: number): void }) => Promise<() => number>,
): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  let firstMs: number | undefined;
  let parseMs = 0;
  const count = await read({
    first: () => (firstMs ??= performance.now() - begun),
    parsed: (ms) => (parseMs += ms),
  });
  const ms = performance.now() - begun;
  // A stall is seen by the first timer after it.
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  const peakMb = maxRSS / 1024;
  finish({ ms, firstMs: firstMs ?? ms, parseMs, peakMb, stallMs: delay.max / 1e6, cpuMs, objects: count() });
}
