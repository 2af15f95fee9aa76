import type { RevisionEntry } from './history.ts';
import type { RevisionVerdict } from './known-good.ts';
import type { ReplicaSetRecord } from './records.ts';
import { byPreference } from './return-preference.ts';

/** The revision to go back to, and what is known of it. */
export interface Recommendation {
  readonly entry: RevisionEntry;
  readonly verdict: RevisionVerdict;
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
    .map((entry) => ({ entry, replicaSet: entry.replicaSet, verdict: verdict(entry.replicaSet) }));
  const [chosen] = byPreference(older);
  if (chosen === undefined) return undefined;
  return { entry: chosen.entry, verdict: chosen.verdict };
}
