import type { RunEvent, RunIdentity, RunTarget } from '../domain/runbook/events.ts';
import { next, runState, type RunState } from '../domain/runbook/state.ts';
import { redactAll } from '../domain/redact.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import type { WriteJournal } from '../ports/write-journal.ts';
import type { JournalFile } from './journal-file.ts';

/** What happened, without the time: the run adds it. */
export type Happening = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'at'>
    : never
  : never;

/** The run of one deployment: its events, on the disk, and the state they add up to. */
export class Run {
  readonly #journal: JournalFile;
  readonly #clock: Clock;
  readonly #onUnstored: (error: unknown) => void;
  readonly #listeners = new Set<() => void>();
  #state: RunState;
  #left = false;

  private constructor(
    target: RunTarget,
    events: readonly RunEvent[],
    journal: JournalFile,
    clock: Clock,
    onUnstored: (error: unknown) => void,
  ) {
    this.#onUnstored = onUnstored;
    this.#state = runState(target, events);
    this.#journal = journal;
    this.#clock = clock;
  }

  /**
   * Goes on with the run in `journal`, or begins it as `identity`. Throws where the journal cannot be read or written;
   * `onUnstored` is told where something noted later could not be stored.
   */
  static async open(
    target: RunTarget,
    identity: RunIdentity,
    journal: JournalFile,
    clock: Clock,
    onUnstored: (error: unknown) => void = rethrow,
  ): Promise<Run> {
    const { events } = await journal.read();
    const run = new Run(target, events, journal, clock, onUnstored);
    if (events.length === 0) await run.record({ kind: 'opened', target, ...identity });
    return run;
  }

  get state(): RunState {
    return this.#state;
  }

  /**
   * Takes the event in, without its secrets, tells the listeners, and resolves once it is on the disk. Throws, and takes nothing
   * in, once the run was left.
   */
  async record(happening: Happening): Promise<void> {
    if (this.#left) throw new Error(leftWords);
    const event = redactAll<RunEvent>({ at: new Date(this.#clock.now()).toISOString(), ...happening });
    this.#state = next(this.#state, event);
    const written = this.#journal.append(event);
    for (const listener of this.#listeners) listener();
    await written;
  }

  /** As `record`, for what may get lost in a crash: nobody waits for the disk. */
  note(happening: Happening): void {
    this.record(happening).catch(this.#onUnstored);
  }

  /** As `record`, for what must be on the disk before a write is sent: where it is not, the run tells that nothing was sent. */
  async recordFirst(happening: Happening, ended: 'writeEnded' | 'operationEnded'): Promise<void> {
    try {
      await this.record(happening);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `Nothing was sent, since it cannot be stored on this machine: ${why}`;
      // It counts in memory; that the disk does not take it is told by the error that is thrown.
      this.record({ kind: ended, outcome: { kind: 'notApplied', message } }).catch(() => undefined);
      throw error;
    }
  }

  /** Its journal may be another window's from now on: a dialog that was open meanwhile must not write into it. */
  leave(): void {
    this.#left = true;
  }

  /** Resolves when all that was recorded so far is on the disk or has failed to get there. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  /** The run's journal as the write gateway sees it. */
  writeJournal(): WriteJournal {
    return {
      intent: (intent) =>
        intent.kind === 'rollBack'
          ? this.recordFirst({ kind: 'writeIntended', intent }, 'writeEnded')
          : this.recordFirst({ kind: 'operationIntended', intent }, 'operationEnded'),
      outcome: ({ kind }, outcome) =>
        this.record({ kind: kind === 'rollBack' ? 'writeEnded' : 'operationEnded', outcome }),
    };
  }

  onDidChange(listener: () => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }
}

const leftWords =
  'This run was given back meanwhile, to another window or since the connection was renewed, so nothing was written down. Open the runbook and say it again.';

function rethrow(error: unknown): never {
  throw error;
}
