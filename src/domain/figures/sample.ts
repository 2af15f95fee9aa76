/** What was seen of a deployment at one moment. What is undefined was not seen: that is never the same as 0. */
export interface FigureSample {
  /** Ms since the epoch. */
  readonly at: number;
  /** Pods that are Ready, and how many are wanted. */
  readonly ready: number | undefined;
  readonly desired: number | undefined;
  /** Of all its pods' containers, since each pod began. */
  readonly restarts: number | undefined;
  /** Thousandths of a core, of all its pods together. */
  readonly cpuMilli: number | undefined;
  readonly memoryBytes: number | undefined;
  /** Lines whose level is error or fatal, per minute. */
  readonly errorLines: number | undefined;
  /** Until the health endpoint had answered; undefined where it did not. */
  readonly latencyMs: number | undefined;
  /** Whether the health endpoint answered with a 2xx status; undefined where it was not asked. */
  readonly answered: boolean | undefined;
  /** Whether the deployment counts as degraded. */
  readonly failing: boolean;
}

export const figureIds = ['ready', 'restarts', 'errorLines', 'latency', 'cpu', 'memory'] as const;
export type FigureId = (typeof figureIds)[number];

/** One figure of a sample, in its own unit: pods, restarts, lines per minute, ms, thousandths of a core, bytes. */
export function figureOf(sample: FigureSample, id: FigureId): number | undefined {
  switch (id) {
    case 'ready':
      return sample.ready;
    case 'restarts':
      return sample.restarts;
    case 'errorLines':
      return sample.errorLines;
    case 'latency':
      return sample.latencyMs;
    case 'cpu':
      return sample.cpuMilli;
    case 'memory':
      return sample.memoryBytes;
  }
}
