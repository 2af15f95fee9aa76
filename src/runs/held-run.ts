import type { RunIdentity, RunTarget } from '../domain/runbook/events.ts';
import { isOver, isPast, type RunSummary } from '../domain/runbook/summary.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { takeLock } from './lock.ts';
import { Run } from './run.ts';
import type { RunFolder } from './run-folder.ts';
import type { IndexedRun, RunIndex } from './run-index.ts';

/** Who sits at which machine. */
export interface Hand {
  readonly by: string;
  readonly host: string;
}

export interface RunPlace {
  readonly folder: RunFolder;
  readonly index: RunIndex;
  readonly clock: Clock;
  /** A new run's id. */
  newId(target: RunTarget): string;
}

/** A run in hand: nobody else on this machine carries a run of the deployment out before `lock` ends. */
export interface HeldRun {
  readonly run: Run;
  readonly lock: Ending;
  /** Runs of the deployment that cannot be gone on with, since their journals are damaged. */
  readonly damaged: readonly IndexedRun[];
}

/**
 * Goes on with the deployment's run, or begins one where there is none that is not over. Undefined where another window has
 * it in hand. Throws where journals cannot be read or written; `onUnstored` is told where something noted later cannot be.
 * `isAnew`: a run that has ended is not gone on with, not even for its clean-up.
 */
export async function holdRun(
  { folder, index, clock, newId }: RunPlace,
  target: RunTarget,
  { by, host }: Hand,
  onUnstored: (error: unknown) => void,
  isAnew = false,
): Promise<HeldRun | undefined> {
  const lock = await takeLock(folder.lock(target));
  if (lock === undefined) return undefined;
  try {
    // Only now: the window that had it before may have written until it gave the lock back.
    const mine = (await index.runs()).filter(({ summary }) => isOf(target, summary));
    const [current] = mine
      .filter(
        ({ summary, damagedFrom }) =>
          damagedFrom === undefined &&
          !isOver(summary, clock.now() - Date.parse(summary.lastAt)) &&
          !(isAnew && isPast(summary)),
      )
      .toSorted(
        ({ summary: a }, { summary: b }) =>
          Number(isPast(a)) - Number(isPast(b)) || (a.lastAt < b.lastAt ? 1 : -1),
      );
    const id = current?.summary.id ?? newId(target);
    const identity: RunIdentity = { id, by };
    const run = await Run.open(target, identity, folder.journal(id), clock, onUnstored);
    if (current !== undefined) await run.record({ kind: 'resumed', by, host });
    return { run, lock, damaged: mine.filter(({ damagedFrom }) => damagedFrom !== undefined) };
  } catch (error) {
    lock.dispose();
    throw error;
  }
}

/**
 * Gives the run back when all of `last` has ended, in whatever way: only then may another window have it. Rejects with what
 * the first of them rejects with.
 */
export async function giveBack(
  { run, lock }: Pick<HeldRun, 'run' | 'lock'>,
  last: readonly Promise<unknown>[],
): Promise<void> {
  await Promise.allSettled(last);
  run.leave();
  lock.dispose();
  await Promise.all(last);
}

/** What `goOn` makes of the run. Where it throws, the run is given back first. */
export async function inHand<Made>(held: HeldRun, goOn: (held: HeldRun) => Made): Promise<Made> {
  try {
    return goOn(held);
  } catch (error) {
    await giveBack(held, []);
    throw error;
  }
}

/** Whether the run is about this deployment. */
export function isOf(target: RunTarget, { target: other }: Pick<RunSummary, 'target'>): boolean {
  return (
    target.context === other.context && target.namespace === other.namespace && target.name === other.name
  );
}
