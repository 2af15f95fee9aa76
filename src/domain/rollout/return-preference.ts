import type { Seen } from '../runbook/checks.ts';
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
 * that were not seen failing, the newest first, as `kubectl rollout undo` takes them; last the others.
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

/** Why the best of them is recommended, in a sentence or two; `number` is what the revision is called now. */
export function whyRecommended(number: string, verdict: RevisionVerdict): string {
  switch (verdict.kind) {
    case 'good':
      return `Revision ${number} is the last known good: it was seen complete and ready for at least five minutes.`;
    case 'unknown':
      return `Revision ${number} is the newest that was not seen failing. Whether it was good is unknown: it was not watched for five minutes while it ran.`;
    case 'failed':
      return `Every older revision was seen failing; revision ${number} is the newest of them.`;
  }
}

/** That it was last seen good or failing, and when; nothing where neither was seen. `rfc3339` writes a time down. */
export function verdictSeen(
  number: string,
  verdict: RevisionVerdict,
  rfc3339: (ms: number) => string,
): readonly Seen[] {
  if (verdict.kind === 'unknown') return [];
  const at = rfc3339(verdict.lastSeen);
  return verdict.kind === 'good'
    ? [{ text: `Revision ${number} was seen complete and ready`, tone: 'ok', at }]
    : [{ text: `Revision ${number} was seen failing: ${verdict.cause}`, tone: 'failed', at }];
}
