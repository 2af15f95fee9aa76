import type { RevisionVerdict } from './known-good.ts';
import { byNumber } from './order.ts';
import type { ReplicaSetRecord } from './records.ts';

/** A revision that could be returned to, and what was seen of it. */
export interface ReturnCandidate {
  readonly replicaSet: ReplicaSetRecord;
  readonly verdict: RevisionVerdict;
}

/**
 * Revisions to return to, the best first: the known good ones, that which was seen good last before the others; then those
 * that nothing is known against, the newest first, as `kubectl rollout undo` takes them; last those that were seen failing.
 */
export function byPreference<Candidate extends ReturnCandidate>(
  candidates: readonly Candidate[],
): readonly Candidate[] {
  return candidates.toSorted(
    (a, b) =>
      ranks[a.verdict.kind] - ranks[b.verdict.kind] ||
      byNumber(lastGood(b.verdict), lastGood(a.verdict)) ||
      byNumber(b.replicaSet.revision ?? 0, a.replicaSet.revision ?? 0),
  );
}

const ranks: Readonly<Record<RevisionVerdict['kind'], number>> = { good: 0, unknown: 1, failed: 2 };

function lastGood(verdict: RevisionVerdict): number {
  return verdict.kind === 'good' ? verdict.lastSeen : 0;
}

/** What was seen of a revision, in a few words. */
export function verdictWords(verdict: RevisionVerdict): string {
  switch (verdict.kind) {
    case 'good':
      return 'known good';
    case 'failed':
      return `seen failing (${verdict.cause})${verdict.goodBefore === undefined ? '' : ', good before'}`;
    case 'unknown':
      return verdict.ranAt === undefined ? 'never seen running' : 'seen running';
  }
}

/** Why this one is recommended, or that it is not known to be good. */
export function whyRecommended({ replicaSet, verdict }: ReturnCandidate): string {
  const revision = `Revision ${replicaSet.revision ?? '?'}`;
  switch (verdict.kind) {
    case 'good':
      return `${revision} is the last known good: it was seen complete and ready for at least five minutes.`;
    case 'unknown':
      return `${revision} is the newest of those that nothing is known against. Whether it is good is unknown: it was not seen complete and ready for five minutes.`;
    case 'failed':
      return `Every older revision was seen failing; ${revision.toLowerCase()} is the newest of them.`;
  }
}
