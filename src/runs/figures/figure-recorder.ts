import type { FigureSample } from '../../domain/figures/sample.ts';
import { healthOf } from '../../domain/rollout/health.ts';
import { sightOf } from '../../domain/rollout/known-good.ts';
import type { DeploymentRecords, ReplicaSetRecord } from '../../domain/rollout/records.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { PodsUsage } from './usage-reading.ts';

/** Where the figures of one deployment come from. Each may fail to know; none may be guessed. */
export interface FigureSources {
  /** Undefined while the cluster cannot be seen, or the deployment is gone. */
  records(): DeploymentRecords | undefined;
  usage(records: DeploymentRecords, now: number, signal: AbortSignal): Promise<PodsUsage | undefined>;
  errorLines(records: DeploymentRecords, now: number, signal: AbortSignal): Promise<number | undefined>;
  /** Undefined where no health endpoint is configured. */
  health(
    signal: AbortSignal,
  ): Promise<{ readonly answered: boolean; readonly latencyMs: number | undefined } | undefined>;
}

/** `watched`: a panel is open or a run is active. `background`: only what was normal is of interest. */
export type Recording = 'off' | 'background' | 'watched';

const everyMs = { watched: 12_000, background: 60_000 } as const;
/** What is kept: seven hours of a watched deployment. The oldest go. */
const mostSamples = 2_100;

/** Takes a sample of a deployment's figures every few seconds while that is wanted. */
export class FigureRecorder {
  readonly #clock: Clock;
  readonly #sources: FigureSources;
  readonly #onSample: (sample: FigureSample, healthy: ReplicaSetRecord | undefined) => void;
  readonly #onFault: (error: unknown) => void;
  #recording: Recording = 'off';
  #next: Ending | undefined;
  #looking: AbortController | undefined;
  #samples: FigureSample[] = [];

  /** `onSample` is told the revision too where it is complete and ready; `onFault` what no source foresees. */
  constructor(
    clock: Clock,
    sources: FigureSources,
    onSample: (sample: FigureSample, healthy: ReplicaSetRecord | undefined) => void,
    onFault: (error: unknown) => void,
  ) {
    this.#clock = clock;
    this.#sources = sources;
    this.#onSample = onSample;
    this.#onFault = onFault;
  }

  /** Oldest first. */
  get samples(): readonly FigureSample[] {
    return this.#samples;
  }

  record(recording: Recording): void {
    if (recording === this.#recording) return;
    this.#recording = recording;
    this.#next?.dispose();
    this.#next = undefined;
    if (recording === 'off') {
      this.#looking?.abort();
      this.#looking = undefined;
    } else if (this.#looking === undefined) this.#look();
  }

  dispose(): void {
    this.record('off');
  }

  #look(): void {
    const looking = new AbortController();
    this.#looking = looking;
    const begun = this.#clock.now();
    this.#take(looking.signal)
      .catch((error: unknown) => {
        if (!looking.signal.aborted) this.#onFault(error);
      })
      .finally(() => {
        if (this.#looking !== looking) return;
        this.#looking = undefined;
        if (this.#recording === 'off') return;
        const pause = everyMs[this.#recording] - (this.#clock.now() - begun);
        this.#next = this.#clock.after(Math.max(1_000, pause), () => this.#look());
      });
  }

  async #take(signal: AbortSignal): Promise<void> {
    const records = this.#sources.records();
    if (records === undefined) return;
    const now = this.#clock.now();
    const [usage, errorLines, health] = await Promise.all([
      this.#sources.usage(records, now, signal),
      this.#sources.errorLines(records, now, signal),
      this.#sources.health(signal),
    ]);
    if (signal.aborted) return;
    const pods = records.pods.filter(({ finished, terminating }) => !finished && !terminating);
    const unseen = records.podsUnseen !== undefined;
    const sample: FigureSample = {
      at: now,
      ready: unseen ? records.deployment.ready : pods.filter(({ ready }) => ready).length,
      desired: records.deployment.desired,
      restarts: unseen ? undefined : pods.reduce((sum, { restarts }) => sum + restarts, 0),
      cpuMilli: usage?.cpuMilli,
      memoryBytes: usage?.memoryBytes,
      errorLines,
      latencyMs: health?.answered === true ? health.latencyMs : undefined,
      answered: health?.answered,
      failing: healthOf(records).state === 'degraded',
    };
    this.#samples = [...this.#samples, sample].slice(-mostSamples);
    const sight = sightOf(records);
    this.#onSample(sample, sight.kind === 'complete' ? sight.replicaSet : undefined);
  }
}
