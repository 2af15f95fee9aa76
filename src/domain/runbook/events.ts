import type { Operation, OperationIntent, RollbackIntent, WriteOutcome } from './write.ts';
import type { CheckId, CheckResult, SignableItem } from './checks.ts';

/** The deployment that a run is about. */
export interface RunTarget {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
}

/** A revision as it was when it was spoken of: its number may change, its ReplicaSet's uid does not. */
export interface RevisionRef {
  readonly revision: number;
  readonly replicaSetUid: string;
  readonly replicaSetName: string;
  /** Image tags, short: `v2.3.1`. */
  readonly version: string;
}

export interface PermissionSeen {
  /** `patch deployments.apps`. */
  readonly words: string;
  readonly allowed: boolean;
  readonly reason: string;
}

/** Everything that can happen in a run. A run is its events; its state is their fold (`state.ts`). `at` is RFC 3339. */
export type RunEvent = { readonly at: string } &
  /** Begins the run, or begins it anew: what was before stays in the journal alone. */
  (
    | { readonly kind: 'opened'; readonly target: RunTarget }
    | { readonly kind: 'permissionsSeen'; readonly answers: readonly PermissionSeen[] }
    | { readonly kind: 'permissionsUnknown'; readonly message: string }
    | { readonly kind: 'issueSeen'; readonly words: string; readonly since: string | undefined }
    | {
        readonly kind: 'rollbackConfirmed';
        readonly from: RevisionRef;
        readonly to: RevisionRef;
        readonly by: string;
        readonly command: string;
      }
    | { readonly kind: 'writeIntended'; readonly intent: RollbackIntent }
    | { readonly kind: 'writeEnded'; readonly outcome: WriteOutcome }
    | { readonly kind: 'rolloutProgressed'; readonly message: string }
    | { readonly kind: 'rolloutEnded'; readonly end: RolloutEnd }
    /** Pausing, resuming, restarting, scaling: written down beside the rollback, of which it is no part. */
    | {
        readonly kind: 'operationConfirmed';
        readonly operation: Operation;
        readonly by: string;
        readonly command: string;
      }
    | { readonly kind: 'operationIntended'; readonly intent: OperationIntent }
    | { readonly kind: 'operationEnded'; readonly outcome: WriteOutcome }
    | { readonly kind: 'operationProgressed'; readonly message: string }
    | { readonly kind: 'operationFollowed'; readonly end: RolloutEnd }
    | { readonly kind: 'verificationStarted'; readonly checks: readonly CheckId[] }
    | { readonly kind: 'checkSeen'; readonly check: CheckId; readonly result: CheckResult }
    | { readonly kind: 'verificationEnded'; readonly stopped: boolean }
    | { readonly kind: 'signed'; readonly item: SignableItem; readonly by: string; readonly note: string }
  );

/** How following a rollout ended. `stopped`: the person stopped watching; the rollout itself goes on. */
export interface RolloutEnd {
  readonly kind: 'complete' | 'failed' | 'stopped' | 'lost';
  readonly message: string;
  /** The number that the revision carries now. */
  readonly nowRevision: number | undefined;
}
