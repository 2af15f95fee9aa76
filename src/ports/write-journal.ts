import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';

/** Remembers writes across a crash: the intent is on the disk before the request leaves, the outcome after it. */
export interface WriteJournal {
  /** Resolves once the intent is safely stored. Throws where it cannot be: nothing is sent then. */
  intent(intent: WriteIntent): Promise<void>;
  outcome(intent: WriteIntent, outcome: WriteOutcome): Promise<void>;
}
