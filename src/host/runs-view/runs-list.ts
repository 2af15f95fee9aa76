import { type FSWatcher, watch } from 'node:fs';
import * as vscode from 'vscode';
import { isPast, isUnderway } from '../../domain/runbook/summary.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { isLocked } from '../../runs/lock.ts';
import type { RunFolder } from '../../runs/run-folder.ts';
import type { IndexedRun, RunIndex } from '../../runs/run-index.ts';
import { inOrder, type ShownRun } from '../../views/runs/run-row.ts';
import type { Runbooks } from '../runbooks.ts';

/** Changes that come together are told once, after so many ms. */
const settleMs = 150;
/** The end of another window changes no file: it is looked for so often while somebody looks, in ms. */
const lookAgainMs = 3_000;

/** The runs of this machine as they are now, and as they change in this window and in others. */
export class RunsList {
  readonly #folder: RunFolder;
  readonly #index: RunIndex;
  readonly #runbooks: Runbooks;
  readonly #clock: Clock;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #runsChanged: vscode.Disposable;
  /** Told when a run was begun, has changed or is gone; only while somebody follows. */
  readonly onDidChange = this.#changed.event;
  #watcher: FSWatcher | undefined;
  #telling: Ending | undefined;
  #looking: Ending | undefined;

  constructor(folder: RunFolder, index: RunIndex, runbooks: Runbooks, clock: Clock) {
    this.#folder = folder;
    this.#index = index;
    this.#runbooks = runbooks;
    this.#clock = clock;
    this.#runsChanged = runbooks.onDidChange(() => this.tellSoon());
  }

  /** All runs in the order in which they are shown. Throws where the folder cannot be read. */
  async runs(): Promise<readonly ShownRun[]> {
    return inOrder(await Promise.all((await this.#index.runs()).map((run) => this.#shown(run))));
  }

  /** The runs that a person has begun and that are not over. */
  async underway(): Promise<readonly ShownRun[]> {
    const begun = (await this.#index.runs()).filter(
      ({ summary, damagedFrom }) => damagedFrom === undefined && isUnderway(summary),
    );
    return inOrder(await Promise.all(begun.map((run) => this.#shown(run))));
  }

  /** The run with this id, if there is one. */
  async find(id: string): Promise<ShownRun | undefined> {
    return (await this.runs()).find(({ summary }) => summary.id === id);
  }

  async #shown({ summary, damagedFrom }: IndexedRun): Promise<ShownRun> {
    const mayBeElsewhere =
      damagedFrom === undefined && !isPast(summary) && !this.#runbooks.has(summary.target);
    const elsewhere = mayBeElsewhere && (await isLocked(this.#folder.lock(summary.target)));
    return { summary, damagedFrom, elsewhere };
  }

  /** Follows changes that other windows make, as long as somebody looks. */
  setVisible(visible: boolean): void {
    if (!visible) return this.#stop();
    this.#looking ??= this.#clock.after(lookAgainMs, () => {
      this.#looking = undefined;
      this.setVisible(true);
      this.#changed.fire();
    });
    if (this.#watcher !== undefined) return;
    try {
      this.#watcher = watch(this.#folder.path, { persistent: false }, () => this.tellSoon());
      this.#watcher.on('error', () => this.#stop());
    } catch {
      // There is no folder before the first run; then this window begins it, or the next look finds it.
    }
  }

  tellSoon(): void {
    this.#telling ??= this.#clock.after(settleMs, () => {
      this.#telling = undefined;
      this.#changed.fire();
    });
  }

  dispose(): void {
    this.#stop();
    this.#telling?.dispose();
    this.#runsChanged.dispose();
    this.#changed.dispose();
  }

  #stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#looking?.dispose();
    this.#looking = undefined;
  }
}
