/** Ends what was started: a timer, a subscription. Calling it again does nothing. */
export interface Ending {
  dispose(): void;
}

/** Time, as the parts that wait see it: the machine's own, or a virtual one in tests. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `run` once after `ms` milliseconds, unless disposed of before. */
  after(ms: number, run: () => void): Ending;
}
