import type { ApiServer } from '../../cluster/api-server.ts';
import type { FigureBaseline } from '../../domain/figures/baseline.ts';
import type { FigureSample } from '../../domain/figures/sample.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { askAll, type Endpoints } from '../endpoints.ts';
import { ErrorRate } from './error-rate.ts';
import type { FigureMemory } from './figure-memory.ts';
import { FigureRecorder, type FigureSources, type Recording } from './figure-recorder.ts';
import { UsageReading } from './usage-reading.ts';

/** What was recorded of one deployment. */
export interface RecordedFigures {
  /** Since the recording began, oldest first. */
  readonly samples: readonly FigureSample[];
  /** The state before `before`, from what was recorded while it was healthy; undefined where nothing was. */
  readonly baseline: FigureBaseline | undefined;
  /** Why CPU and memory are not measured, in two words. */
  readonly usageMissing: string | undefined;
}

export interface FiguresOptions {
  readonly api: ApiServer;
  readonly clock: Clock;
  readonly memory: FigureMemory;
  /** Undefined while it cannot be seen, or is gone. */
  readonly records: () => DeploymentRecords | undefined;
  readonly endpoints: () => Endpoints;
  readonly onFault: (error: unknown) => void;
}

/** Records the figures of one deployment, for its panel and for the comparison with the time before a failure. */
export class DeploymentFigures {
  readonly #options: FiguresOptions;
  readonly #usage: UsageReading;
  readonly #recorder: FigureRecorder;
  readonly #listeners = new Set<() => void>();
  #wanted: Recording = 'off';
  #holds = 0;

  constructor(options: FiguresOptions) {
    const { api, clock, memory, records, endpoints, onFault } = options;
    this.#options = options;
    const usage = new UsageReading(api);
    const rate = new ErrorRate(api);
    const sources: FigureSources = {
      records,
      usage: ({ deployment, pods }, now, signal) => usage.read(deployment, pods, now, signal),
      // A pod that goes may complain of it: that is no word of what runs.
      errorLines: ({ pods }, now, signal) =>
        rate.look(
          pods.filter(({ terminating }) => !terminating),
          now,
          signal,
        ),
      async health(signal) {
        const { health } = endpoints();
        if (health === undefined) return undefined;
        const [seen] = await askAll([health], () => clock.now(), signal);
        const result = seen?.result;
        if (result?.kind !== 'answered') return { answered: false, latencyMs: undefined };
        return { answered: result.status >= 200 && result.status < 300, latencyMs: result.latencyMs };
      },
    };
    this.#usage = usage;
    this.#recorder = new FigureRecorder(
      clock,
      sources,
      (sample, healthy) => {
        if (healthy !== undefined) memory.note(healthy, sample);
        for (const listener of this.#listeners) listener();
      },
      onFault,
    );
  }

  /** `watched` while its panel is visible, `background` to know what is normal. */
  record(recording: Recording): void {
    this.#wanted = recording;
    if (this.#holds === 0) this.#recorder.record(recording);
  }

  /** Records as if somebody looked until the ending is disposed of, since a step of a run needs the samples. */
  hold(): Ending {
    this.#holds++;
    this.#recorder.record('watched');
    let held = true;
    return {
      dispose: () => {
        if (!held) return;
        held = false;
        this.#holds--;
        if (this.#holds === 0) this.#recorder.record(this.#wanted);
      },
    };
  }

  /** Resolves when what was recorded in other windows and before is known. */
  get loaded(): Promise<void> {
    return this.#options.memory.loaded;
  }

  /** What was recorded; `before` is when the state that is compared with ended, ms since the epoch. */
  recorded(before: number): RecordedFigures {
    const replicaSets = this.#options.records()?.replicaSets ?? [];
    return {
      samples: this.#recorder.samples,
      baseline: this.#options.memory.before(replicaSets, before),
      usageMissing: this.#usage.missing,
    };
  }

  /** Told after each sample. */
  onDidChange(listener: () => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    // Steps that still hold it end with the same connection.
    this.#wanted = 'off';
    this.#recorder.dispose();
    this.#listeners.clear();
  }
}
