import { join } from 'node:path';
import type { FigureSample } from '../../domain/figures/sample.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { Run } from '../run.ts';
import type { DeploymentFigures } from './deployment-figures.ts';
import { FigureMemoryFile } from './figure-memory-file.ts';

const storeEveryMs = 60_000;
/** What is kept of the time before the run was opened, in ms. */
const beforeMs = 30 * 60_000;
/** More samples are thinned out: a picture shows no more. */
const mostSamples = 2_000;
const key = 'run';

/** The figures that were kept with a run, oldest first; none where none were. Throws where the file may not be read. */
export async function keptFigures(attachments: string): Promise<readonly FigureSample[]> {
  return (await fileIn(attachments).read()).get(key) ?? [];
}

/**
 * Keeps the figures of a run's deployment with the run, from the first decision to the run's end, so that its report has
 * them later: in its folder, across reloads.
 */
export class RunFigures {
  readonly #run: Run;
  readonly #figures: Pick<DeploymentFigures, 'recorded' | 'onDidChange'>;
  readonly #file: FigureMemoryFile;
  readonly #clock: Clock;
  readonly #onUnstored: (error: unknown) => void;
  readonly #endings: readonly Ending[];
  #writing: Promise<void> = Promise.resolve();
  #lastStored = -Infinity;
  #ended: boolean;

  /** `attachments` is the run's folder, which need not exist; `onUnstored` is told where it cannot be written. */
  constructor(
    run: Run,
    figures: Pick<DeploymentFigures, 'recorded' | 'onDidChange'>,
    attachments: string,
    clock: Clock,
    onUnstored: (error: unknown) => void,
  ) {
    this.#run = run;
    this.#figures = figures;
    this.#file = fileIn(attachments);
    this.#clock = clock;
    this.#onUnstored = onUnstored;
    this.#ended = isOver(run.state);
    this.#endings = [figures.onDidChange(() => this.#noted()), run.onDidChange(() => this.#happened())];
  }

  /** Stores what there is. Resolves when it is on the disk, or was told that it cannot be. */
  store(): Promise<void> {
    const { rollback, operation } = this.#run.state;
    if (this.#ended || (rollback === undefined && operation === undefined)) return this.#writing;
    this.#lastStored = this.#clock.now();
    this.#writing = this.#writing.then(() => this.#write()).catch(this.#onUnstored);
    return this.#writing;
  }

  /** Resolves when the last of it is on the disk. */
  async dispose(): Promise<void> {
    for (const ending of this.#endings) ending.dispose();
    await this.store();
  }

  #noted(): void {
    if (this.#clock.now() - this.#lastStored >= storeEveryMs) void this.store();
  }

  /** What was seen up to the end is stored with it. */
  #happened(): void {
    if (this.#ended || !isOver(this.#run.state)) return;
    void this.store();
    this.#ended = true;
  }

  /** What another window or an earlier one has kept stays. */
  async #write(): Promise<void> {
    const from = Date.parse(this.#run.state.openedAt) - beforeMs;
    const { samples } = this.#figures.recorded(this.#clock.now());
    const known = (await this.#file.read()).get(key) ?? [];
    const all = new Map([...known, ...samples].filter(({ at }) => at >= from).map((one) => [one.at, one]));
    const kept = thinned([...all.values()].toSorted((a, b) => a.at - b.at));
    if (kept.length > 0) await this.#file.write(new Map([[key, kept]]));
  }
}

function isOver({ end, handedOver }: RunState): boolean {
  return end !== undefined || handedOver !== undefined;
}

/** Every other one where there are too many; the newest stays. */
function thinned(samples: readonly FigureSample[]): readonly FigureSample[] {
  if (samples.length <= mostSamples) return samples;
  return thinned(samples.filter((_, i) => (samples.length - 1 - i) % 2 === 0));
}

function fileIn(attachments: string): FigureMemoryFile {
  return new FigureMemoryFile(join(attachments, 'figures.json'));
}
