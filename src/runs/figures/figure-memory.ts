import { baselineOf, type FigureBaseline } from '../../domain/figures/baseline.ts';
import type { FigureSample } from '../../domain/figures/sample.ts';
import type { ReplicaSetRecord } from '../../domain/rollout/records.ts';
import type { Clock } from '../../ports/clock.ts';
import { revisionKey } from '../revision-memory-file.ts';
import type { FigureMemoryFile } from './figure-memory-file.ts';

type Revision = Pick<ReplicaSetRecord, 'uid' | 'templateHash'>;

/** One sample of a healthy revision in so many ms is enough. */
const everyMs = 60_000;
/** What is kept of each revision, and of how many: those seen last. */
const mostSamples = 60;
const mostRevisions = 100;
const storeEveryMs = 5 * 60_000;

/** Remembers the figures of a cluster's revisions while they were healthy: an hour of each, across reloads. */
export class FigureMemory {
  readonly #clock: Clock;
  readonly #file: FigureMemoryFile;
  readonly #onUnstored: (error: unknown) => void;
  readonly #revisions = new Map<string, readonly FigureSample[]>();
  /** Resolves when what the file holds is known, or was told that it cannot be. */
  readonly loaded: Promise<void>;
  #writing: Promise<void>;
  #lastStored: number;
  #unstored = false;

  /** `onUnstored` is told where the file cannot be read or written; what is in memory counts all the same. */
  constructor(clock: Clock, file: FigureMemoryFile, onUnstored: (error: unknown) => void) {
    this.#clock = clock;
    this.#file = file;
    this.#onUnstored = onUnstored;
    this.#lastStored = clock.now();
    this.#writing = this.loaded = this.#take().catch(onUnstored);
  }

  /** Takes in a sample of a deployment that is complete and ready on this revision. */
  note(revision: Revision, sample: FigureSample): void {
    const key = revisionKey(revision);
    const samples = this.#revisions.get(key) ?? [];
    if (sample.at - (samples.at(-1)?.at ?? -Infinity) < everyMs) return;
    this.#revisions.set(key, [...samples, sample].slice(-mostSamples));
    this.#unstored = true;
    if (this.#clock.now() - this.#lastStored >= storeEveryMs) this.#store();
  }

  /** The state of these revisions, of one deployment, before a time (ms since the epoch): the newest hour of it that was seen. */
  before(revisions: readonly Revision[], before: number): FigureBaseline | undefined {
    const samples = revisions
      .flatMap((revision) => this.#revisions.get(revisionKey(revision)) ?? [])
      .filter(({ at }) => at < before)
      .toSorted((a, b) => a.at - b.at);
    return baselineOf(samples.slice(-mostSamples), before);
  }

  /** Resolves when everything is on the disk, or was told that it cannot be. */
  async dispose(): Promise<void> {
    if (this.#unstored) this.#store();
    await this.#writing;
  }

  /** What is on the disk, where another window may have written meanwhile, joins what is here. */
  async #take(): Promise<void> {
    for (const [key, stored] of await this.#file.read()) {
      const joined = new Map([...stored, ...(this.#revisions.get(key) ?? [])].map((one) => [one.at, one]));
      const samples = [...joined.values()].toSorted((a, b) => a.at - b.at);
      this.#revisions.set(key, samples.slice(-mostSamples));
    }
  }

  #store(): void {
    this.#unstored = false;
    this.#lastStored = this.#clock.now();
    const write = async () => {
      await this.#take();
      const newest = (samples: readonly FigureSample[]) => samples.at(-1)?.at ?? 0;
      const kept = [...this.#revisions].toSorted(([, a], [, b]) => newest(b) - newest(a));
      await this.#file.write(new Map(kept.slice(0, mostRevisions)));
    };
    this.#writing = this.#writing.then(write).catch(this.#onUnstored);
  }
}
