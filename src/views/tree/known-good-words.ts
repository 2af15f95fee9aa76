import type { RevisionVerdict } from '../../domain/rollout/known-good.ts';
import type { ReplicaSetRecord } from '../../domain/rollout/records.ts';
import { clockTime } from '../clock-time.ts';

/** What was seen of a revision while it was watched. */
export interface RevisionJudgement {
  readonly verdict: RevisionVerdict;
  /** Whether it is, of all that are still there, the one that was seen good last. */
  readonly lastGood: boolean;
}

export const unjudged: RevisionJudgement = { verdict: { kind: 'unknown' }, lastGood: false };

/** What is remembered of a cluster's revisions. */
interface Memory {
  verdict(replicaSet: ReplicaSetRecord): RevisionVerdict;
  lastKnownGood(replicaSets: readonly ReplicaSetRecord[]): ReplicaSetRecord | undefined;
}

/** Whether a revision was seen good or failing; `all` are those of its deployment that are still there. */
export function judgementOf(
  memory: Memory | undefined,
  replicaSet: ReplicaSetRecord,
  all: readonly ReplicaSetRecord[],
): RevisionJudgement {
  if (memory === undefined) return unjudged;
  return {
    verdict: memory.verdict(replicaSet),
    lastGood: memory.lastKnownGood(all)?.uid === replicaSet.uid,
  };
}

/** `last known good`, `known good`, `seen failing`; none where nothing is known, which is nothing against it. */
export function knownGoodMarks({ verdict, lastGood }: RevisionJudgement): readonly string[] {
  if (verdict.kind === 'unknown') return [];
  if (verdict.kind === 'failed') return ['seen failing'];
  return [lastGood ? 'last known good' : 'known good'];
}

/** The same for a hover, with its times. */
export function knownGoodWords({ verdict }: RevisionJudgement, now: number): string {
  switch (verdict.kind) {
    case 'good':
      return `yes: seen complete and ready for at least five minutes, last at ${clockTime(verdict.lastSeen, now)}`;
    case 'failed': {
      const { lastSeen, cause, goodBefore } = verdict;
      const before = goodBefore === undefined ? '' : `, good before that at ${clockTime(goodBefore, now)}`;
      return `no: seen failing (${cause}) at ${clockTime(lastSeen, now)}${before}`;
    }
    case 'unknown':
      return verdict.ranAt === undefined
        ? 'unknown: none of its pods was seen ready while it was watched'
        : 'unknown: it was seen running, but not complete and ready for five minutes';
  }
}
