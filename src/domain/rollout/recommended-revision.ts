import type { RevisionEntry } from './history.ts';
import type { RevisionVerdict } from './known-good.ts';
import type { ReplicaSetRecord } from './records.ts';

/** The revision to go back to, and what is known of it. */
export interface Recommendation {
  readonly entry: RevisionEntry;
  /** `lastGood`: seen good last of all. `unknown`: nothing speaks against it. `failed`: it was seen failing, as all others were. */
  readonly why: 'lastGood' | 'unknown' | 'failed';
  readonly verdict: RevisionVerdict;
  /** Whether it is what an undo without a number puts back. */
  readonly isPrevious: boolean;
}

/**
 * The revision that is recommended: the last known good one; else the newest that was not seen failing; else the newest.
 * `history` is newest first. Undefined where there is none that an undo reaches.
 */
export function recommendedRevision(
  history: readonly RevisionEntry[],
  verdict: (replicaSet: ReplicaSetRecord) => RevisionVerdict,
): Recommendation | undefined {
  const older = history
    .filter(({ current, undoTo }) => !current && undoTo !== undefined)
    .map((entry) => ({ entry, verdict: verdict(entry.replicaSet) }));
  const [previous] = older;
  if (previous === undefined) return undefined;
  const chosen =
    older.reduce<typeof previous | undefined>(laterGood, undefined) ??
    older.find((one) => one.verdict.kind === 'unknown') ??
    previous;
  const { kind } = chosen.verdict;
  return {
    ...chosen,
    why: kind === 'good' ? 'lastGood' : kind,
    isPrevious: chosen === previous,
  };
}

type Judged = Pick<Recommendation, 'entry' | 'verdict'>;

function laterGood(best: Judged | undefined, one: Judged): Judged | undefined {
  if (one.verdict.kind !== 'good') return best;
  return best?.verdict.kind === 'good' && best.verdict.lastSeen >= one.verdict.lastSeen ? best : one;
}
