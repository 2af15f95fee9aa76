import type { StoreChange, StoreState } from '../cluster/store/store.ts';
import {
  type CompleteSpan,
  isKnownGood,
  nextSpan,
  runningNow,
  type RevisionMemo,
  type RevisionVerdict,
  sightOf,
  verdictOf,
} from '../domain/rollout/known-good.ts';
import type { DeploymentRecord, DeploymentRecords, ReplicaSetRecord } from '../domain/rollout/records.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { latest, type RevisionMemoryFile, revisionKey } from './revision-memory-file.ts';

interface DeploymentsChange {
  readonly deployments: ReadonlySet<string> | 'all';
}

/** The part of a store that is watched. */
export interface WatchedDeployments {
  readonly state: StoreState;
  deployments(): Iterable<DeploymentRecord>;
  records(uid: string): DeploymentRecords | undefined;
  onDidChange(listener: (change: Pick<StoreChange, 'deployments' | 'state'>) => void): Ending;
}

/** How often it is looked whether five minutes have passed, in ms. */
const heartbeatMs = 20_000;
/** Two heartbeats further apart than this: the machine slept, and nobody watched. */
const gapMs = 3 * heartbeatMs;
/** How often what is still good is written down again, in ms. */
const storeEveryMs = 10 * 60_000;

/**
 * Remembers which revisions of a cluster were seen complete and ready for five minutes, and which were seen failing: by
 * watching the store, never by guessing. A gap in the watching (not connected, asleep) begins the five minutes anew.
 */
export class RevisionMemory {
  readonly #store: WatchedDeployments;
  readonly #clock: Clock;
  readonly #file: RevisionMemoryFile;
  readonly #onUnstored: (error: unknown) => void;
  readonly #spans = new Map<string, CompleteSpan>();
  readonly #memos = new Map<string, RevisionMemo>();
  readonly #listeners = new Set<(change: DeploymentsChange) => void>();
  readonly #watching: Ending;
  #beat: Ending;
  #lastBeat: number;
  #lastStored: number;
  #unstored = false;
  #storeSoon = false;

  /** `onUnstored` is told where the file cannot be read or written; what is in memory counts all the same. */
  constructor(
    store: WatchedDeployments,
    clock: Clock,
    file: RevisionMemoryFile,
    onUnstored: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#file = file;
    this.#onUnstored = onUnstored;
    this.#lastBeat = this.#lastStored = clock.now();
    this.#watching = store.onDidChange(({ deployments, state }) =>
      this.#look({ deployments: state ? 'all' : deployments }),
    );
    this.#beat = clock.after(heartbeatMs, () => this.#heartbeat());
    this.#load().catch(onUnstored);
    this.#look({ deployments: 'all' });
  }

  verdict(replicaSet: Pick<ReplicaSetRecord, 'uid' | 'templateHash'>): RevisionVerdict {
    return verdictOf(this.#memos.get(revisionKey(replicaSet)) ?? {});
  }

  /** Takes in what others have seen: it counts beside what is seen here, whichever is later. */
  learn(memos: ReadonlyMap<string, RevisionMemo>): void {
    for (const [key, memo] of memos) this.#memos.set(key, latest(this.#memos.get(key), memo));
    this.#storeNow();
    this.#tell('all');
  }

  /** The revision that was known good last, of those that are still there. */
  lastKnownGood(replicaSets: readonly ReplicaSetRecord[]): ReplicaSetRecord | undefined {
    let best: { readonly replicaSet: ReplicaSetRecord; readonly lastSeen: number } | undefined;
    for (const replicaSet of replicaSets) {
      const verdict = this.verdict(replicaSet);
      if (verdict.kind === 'good' && verdict.lastSeen > (best?.lastSeen ?? -1))
        best = { replicaSet, lastSeen: verdict.lastSeen };
    }
    return best?.replicaSet;
  }

  /** Tells of Deployments of which a revision is judged otherwise than before. */
  onDidChange(listener: (change: DeploymentsChange) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#watching.dispose();
    this.#beat.dispose();
    this.#listeners.clear();
    if (this.#unstored) this.#storeNow();
  }

  async #load(): Promise<void> {
    for (const [key, memo] of await this.#file.read())
      this.#memos.set(key, { ...memo, ...this.#memos.get(key) });
    this.#tell('all');
  }

  #look({ deployments }: DeploymentsChange): void {
    if (this.#store.state.kind !== 'live') return this.#spans.clear();
    const now = this.#clock.now();
    const uids =
      deployments === 'all' ? [...this.#store.deployments()].map(({ uid }) => uid) : [...deployments];
    for (const uid of uids) this.#see(uid, now);
  }

  #see(uid: string, now: number): void {
    const records = this.#store.records(uid);
    const sight = records === undefined ? ({ kind: 'neither' } as const) : sightOf(records);
    const span = this.#spans.get(uid);
    const next = nextSpan(span, sight, now);
    if (next === undefined) this.#spans.delete(uid);
    else this.#spans.set(uid, next);
    for (const replicaSet of records === undefined ? [] : runningNow(records))
      this.#rememberRunning(replicaSet, now);
    if (sight.kind === 'failing')
      this.#remember(uid, sight.replicaSet, { failedAt: now, failure: sight.cause });
  }

  #heartbeat(): void {
    const now = this.#clock.now();
    const slept = now - this.#lastBeat > gapMs;
    this.#lastBeat = now;
    this.#beat = this.#clock.after(heartbeatMs, () => this.#heartbeat());
    if (slept || this.#store.state.kind !== 'live') {
      this.#spans.clear();
      return this.#look({ deployments: 'all' });
    }
    for (const [uid, span] of this.#spans)
      if (isKnownGood(span, now)) this.#remember(uid, span.replicaSet, { goodAt: now });
    if (this.#storeSoon || (this.#unstored && now - this.#lastStored >= storeEveryMs)) this.#storeNow();
  }

  #rememberRunning(replicaSet: ReplicaSetRecord, now: number): void {
    const key = revisionKey(replicaSet);
    const before = this.#memos.get(key);
    if (before?.ranAt !== undefined) return;
    this.#memos.set(key, { ...before, ranAt: now });
    // With the next heartbeat: a large cluster brings thousands at once.
    this.#unstored = true;
    this.#storeSoon = true;
  }

  #remember(deploymentUid: string, replicaSet: ReplicaSetRecord, seen: RevisionMemo): void {
    const key = revisionKey(replicaSet);
    const before = this.#memos.get(key) ?? {};
    const memo = { ...before, ...seen };
    this.#memos.set(key, memo);
    this.#unstored = true;
    if (verdictOf(memo).kind === verdictOf(before).kind) return;
    this.#storeNow();
    this.#tell(new Set([deploymentUid]));
  }

  #storeNow(): void {
    this.#unstored = this.#storeSoon = false;
    this.#lastStored = this.#clock.now();
    this.#file.add(this.#memos).catch(this.#onUnstored);
  }

  #tell(deployments: DeploymentsChange['deployments']): void {
    for (const listener of this.#listeners) listener({ deployments });
  }
}
