import type { LogScope } from '../domain/logs/line.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { captureKey, openShownCapture, type ShownCapture } from './log-captured-shown.ts';
import type { LivePods } from './log-pods.ts';

/** How long a pod must be missing: a list that was read again can lack its pods for a moment. */
const goneAfterMs = 3_000;

export interface GoneLogsOptions {
  /** Of what was captured; it need not exist. */
  readonly folder: string;
  readonly clock: Clock;
  readonly pods: LivePods;
  readonly scope: LogScope;
  /** True for the runs before alone. */
  readonly previous: boolean;
}

/** What was captured of a log's pods, each as soon as its pod is gone, and once. */
export class GoneLogs {
  readonly #options: GoneLogsOptions;
  readonly #shown = new Set<string>();
  #present: ReadonlySet<string>;
  #subscription: Ending | undefined;
  #waiting: Ending | undefined;
  #disposed = false;

  constructor(options: GoneLogsOptions) {
    this.#options = options;
    this.#present = this.#now();
  }

  /** What is there of pods that are gone; its lines are those that were not given before. Throws where it cannot be read. */
  async look(): Promise<ShownCapture | undefined> {
    const { folder, scope, previous } = this.#options;
    // At first for where nothing can be read: that is told once.
    this.#present = this.#now();
    const present = () => (this.#present = this.#now());
    const found = await openShownCapture(folder, { scope, previous, present }, this.#shown);
    for (const source of found?.sources ?? []) this.#shown.add(captureKey(source));
    return found;
  }

  /** Looks again whenever pods have gone; told only where there is more. */
  follow(more: (captured: ShownCapture) => void, failed: (error: unknown) => void): void {
    if (this.#disposed) return;
    this.#subscription = this.#options.pods.onDidChange(() => this.#changed(more, failed));
    this.#changed(more, failed);
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription?.dispose();
    this.#waiting?.dispose();
  }

  #changed(more: (captured: ShownCapture) => void, failed: (error: unknown) => void): void {
    const now = this.#now();
    if (this.#waiting !== undefined || [...this.#present].every((uid) => now.has(uid))) {
      // New pods are of interest once they go.
      this.#present = new Set([...this.#present, ...now]);
      return;
    }
    this.#waiting = this.#options.clock.after(goneAfterMs, () => {
      this.look()
        .then((found) => {
          if (!this.#disposed && found !== undefined && found.sources.length > 0) more(found);
        })
        .catch((error: unknown) => {
          if (!this.#disposed) failed(error);
        })
        .finally(() => {
          this.#waiting = undefined;
          // Others may have gone while it was read.
          if (!this.#disposed) this.#changed(more, failed);
        });
    });
  }

  #now(): ReadonlySet<string> {
    return new Set(this.#options.pods.pods().map(({ uid }) => uid));
  }
}
