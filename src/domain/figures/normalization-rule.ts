/** The numbers of the rule by which figures count as normal again after a rollback. docs/metrics-rule.md says it in words. */
export const normalizationRule = {
  /** The newest samples that count, in ms. */
  windowMs: 5 * 60_000,
  /** What comes right after the rollback is not looked at, in ms: pods warm up. */
  settleMs: 60_000,
  /** How many samples of a figure there must be in the window, and over how long, in ms. */
  samples: 8,
  spanMs: 2 * 60_000,
  /** How long a run waits for enough samples, in ms; then the answer is that there are too few. */
  limitMs: 8 * 60_000,
  /** How many samples of the time before the failure a figure is compared with at least. */
  baselineSamples: 3,
  /**
   * How far above the state before the failure a figure may be: a factor of what 95 of 100 samples did not exceed then, and at
   * least so much more than that, since a factor of nearly nothing is nothing.
   */
  tolerance: {
    errorLines: { factor: 1.5, more: 1 },
    latency: { factor: 1.5, more: 50 },
    cpu: { factor: 1.5, more: 50 },
    memory: { factor: 1.25, more: 32 * 1024 * 1024 },
  },
} as const;

/** Figures that are compared with the time before the failure; ready pods and restarts speak for themselves. */
export type ComparedFigure = keyof typeof normalizationRule.tolerance;
