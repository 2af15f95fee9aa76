import { healthOf } from './health.ts';
import { currentRecord } from './history.ts';
import type { DeploymentRecords, ReplicaSetRecord } from './records.ts';

/** How long a revision must be seen complete and ready, without a gap in the watching, to be known good: ms. */
export const knownGoodAfterMs = 5 * 60_000;

/** How a Deployment does at one moment, and on which revision. */
export type Sight =
  | { readonly kind: 'complete'; readonly replicaSet: ReplicaSetRecord }
  /** `cause`: two or three words, such as `crash loop`. */
  | { readonly kind: 'failing'; readonly replicaSet: ReplicaSetRecord; readonly cause: string }
  /** On its way, paused, scaled to zero: says nothing for a revision and nothing against it. */
  | { readonly kind: 'neither' };

/** Complete: every wanted pod is of the current ReplicaSet, ready and available, and no other pod is left. */
export function sightOf(records: DeploymentRecords): Sight {
  const { deployment, replicaSets } = records;
  const replicaSet = currentRecord(deployment, replicaSets);
  // Before its own record has come, the revision that was current before would be taken for it.
  if (replicaSet === undefined || replicaSet.revision !== deployment.revision) return { kind: 'neither' };
  const { state, cause, failingPods } = healthOf(records);
  if (state === 'healthy' && deployment.ready >= deployment.desired) return { kind: 'complete', replicaSet };
  // A lost node or a full quota says nothing against a revision; its own pods do.
  const own = failingPods.some(({ ownerUid }) => ownerUid === replicaSet.uid);
  return state === 'degraded' && own ? { kind: 'failing', replicaSet, cause } : { kind: 'neither' };
}

/** Since when (ms since the epoch) a Deployment has been seen complete on one revision, without a gap. */
export interface CompleteSpan {
  readonly replicaSet: ReplicaSetRecord;
  readonly since: number;
}

/** The span after one more sight; a gap in the watching ends it: the caller forgets it then. */
export function nextSpan(span: CompleteSpan | undefined, sight: Sight, at: number): CompleteSpan | undefined {
  if (sight.kind !== 'complete') return undefined;
  const { replicaSet } = sight;
  return { replicaSet, since: span?.replicaSet.uid === replicaSet.uid ? span.since : at };
}

export function isKnownGood({ since }: CompleteSpan, now: number): boolean {
  return now - since >= knownGoodAfterMs;
}

/** What is remembered of one revision. Times are ms since the epoch. */
export interface RevisionMemo {
  /** The first time that one of its pods was seen ready: its images can be pulled and start. */
  readonly ranAt?: number;
  /** The last time it was seen complete, after at least five minutes of that. */
  readonly goodAt?: number;
  readonly failedAt?: number;
  readonly failure?: string;
}

/** What is known of a revision; `unknown` where it was never watched long enough, which is nothing against it. */
export type RevisionVerdict =
  | { readonly kind: 'good'; readonly lastSeen: number }
  | {
      readonly kind: 'failed';
      readonly lastSeen: number;
      readonly cause: string;
      readonly goodBefore: number | undefined;
      readonly ranAt?: number;
    }
  | { readonly kind: 'unknown'; readonly ranAt?: number };

/** The later of the two sights counts; of two at once the failure, since a good one takes five minutes. */
export function verdictOf({ goodAt, failedAt, failure = '', ranAt }: RevisionMemo): RevisionVerdict {
  const ran = ranAt === undefined ? {} : { ranAt };
  if (failedAt !== undefined && failedAt >= (goodAt ?? 0))
    return { kind: 'failed', lastSeen: failedAt, cause: failure, goodBefore: goodAt, ...ran };
  return goodAt === undefined ? { kind: 'unknown', ...ran } : { kind: 'good', lastSeen: goodAt };
}

/** Whether one of its pods was ever seen ready. */
export function hasRun(verdict: RevisionVerdict): boolean {
  return (
    verdict.kind === 'good' ||
    verdict.ranAt !== undefined ||
    (verdict.kind === 'failed' && verdict.goodBefore !== undefined)
  );
}

/** The ReplicaSets of which a pod is ready now. */
export function runningNow({ replicaSets, pods }: DeploymentRecords): readonly ReplicaSetRecord[] {
  const owners = new Set(pods.filter(({ ready }) => ready).map(({ ownerUid }) => ownerUid));
  return owners.size === 0 ? [] : replicaSets.filter(({ uid }) => owners.has(uid));
}

/** The images of a revision that no pod of any of its Deployment's revisions was seen ready with. */
export function imagesNeverRun(
  target: ReplicaSetRecord,
  all: readonly ReplicaSetRecord[],
  verdict: (replicaSet: ReplicaSetRecord) => RevisionVerdict,
): readonly string[] {
  const run = new Set(
    all.filter((each) => hasRun(verdict(each))).flatMap(({ images }) => images.map(({ image }) => image)),
  );
  return [...new Set(target.images.map(({ image }) => image))].filter((image) => !run.has(image));
}
