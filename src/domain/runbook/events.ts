import type { Advice, CheckResult } from './checks.ts';
import type { RevisionRef } from './revision-ref.ts';
import type { ItemId, ItemState, SignableItem } from './checklist-items.ts';
import type { StepId } from './steps.ts';
import type { TaskId, TaskState } from './tasks.ts';
import type { Operation, OperationIntent, RollbackIntent, WriteOutcome } from './write.ts';

export type { RevisionRef } from './revision-ref.ts';

/** The deployment that a run is about. */
export interface RunTarget {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
}

/** Which run it is, and who began it. */
export interface RunIdentity {
  readonly id: string;
  readonly by: string;
}

/** One thing that a rollback changes in the pod template; a side that is not there was or will be without it. */
export interface RecordedChange {
  /** `spec.containers[api].image`. */
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
  readonly words: string;
}

/** Everything that can happen in a run. A run is its events; its state is their fold (`state.ts`). `at` is RFC 3339. */
export type RunEvent = { readonly at: string } &
  /** Begins the run. */
  (
    | ({ readonly kind: 'opened'; readonly target: RunTarget } & RunIdentity)
    | { readonly kind: 'issueSeen'; readonly words: string; readonly since: string | undefined }
    | StepEvent
    | RollbackEvent
    | OperationEvent
    | ChecklistEvent
    | ({ readonly kind: 'taskChanged'; readonly task: TaskId; readonly by: string } & TaskState)
    | HandsEvent
  );

/** What happens to a step that looks. */
type StepEvent =
  | { readonly kind: 'stepStarted'; readonly step: StepId }
  /** What it has seen so far. */
  | { readonly kind: 'stepSeen'; readonly step: StepId; readonly result: CheckResult }
  | { readonly kind: 'stepEnded'; readonly step: StepId; readonly result: CheckResult }
  /** By a person, or with the window: it has found nothing. */
  | { readonly kind: 'stepStopped'; readonly step: StepId }
  | { readonly kind: 'stepSkipped'; readonly step: StepId; readonly by: string; readonly reason: string };

type RollbackEvent =
  | {
      readonly kind: 'rollbackConfirmed';
      readonly from: RevisionRef;
      readonly to: RevisionRef;
      readonly by: string;
      readonly command: string;
      /** What changes in the pods, as it was confirmed; older journals do not have it. Values that may be secret are hidden. */
      readonly changes?: readonly RecordedChange[];
    }
  | { readonly kind: 'writeIntended'; readonly intent: RollbackIntent }
  | { readonly kind: 'writeEnded'; readonly outcome: WriteOutcome }
  | { readonly kind: 'rolloutProgressed'; readonly message: string }
  | { readonly kind: 'rolloutEnded'; readonly end: RolloutEnd };

/** Pausing, resuming, restarting, scaling: written down beside the rollback, of which it is no part. */
type OperationEvent =
  | {
      readonly kind: 'operationConfirmed';
      readonly operation: Operation;
      readonly by: string;
      readonly command: string;
    }
  | { readonly kind: 'operationIntended'; readonly intent: OperationIntent }
  | { readonly kind: 'operationEnded'; readonly outcome: WriteOutcome }
  | { readonly kind: 'operationProgressed'; readonly message: string }
  | { readonly kind: 'operationFollowed'; readonly end: RolloutEnd };

type ChecklistEvent =
  /** The item was ticked or un-ticked by what was seen. */
  | {
      readonly kind: 'itemSeen';
      readonly item: ItemId;
      readonly state: ItemState;
      readonly summary: string;
    }
  /** A person's word, for what only a person can see. */
  | { readonly kind: 'signed'; readonly item: SignableItem; readonly by: string; readonly note: string }
  /** A person answers for an item that its evidence does not tick. */
  | { readonly kind: 'itemOverridden'; readonly item: ItemId; readonly by: string; readonly note: string }
  | { readonly kind: 'overrideWithdrawn'; readonly item: ItemId; readonly by: string };

/** Who has the run in hand, and its end. */
type HandsEvent =
  | {
      readonly kind: 'handedOver';
      readonly by: string;
      readonly to: string;
      readonly note: string;
      /** What was known good of the deployment's revisions: the other machine has not seen it. */
      readonly knownGood?: readonly SeenGood[];
    }
  /** `context`: where that machine's kubeconfig has another name for it. */
  | { readonly kind: 'takenOver'; readonly by: string; readonly host: string; readonly context?: string }
  /** Gone on with after a reload or a crash. */
  | { readonly kind: 'resumed'; readonly by: string; readonly host: string }
  /** All nine items held or were overridden. */
  | { readonly kind: 'signedOff'; readonly by: string; readonly note: string }
  /** Ended without a sign-off. */
  | { readonly kind: 'closed'; readonly by: string; readonly reason: string };

/** A revision that was seen complete and ready for five minutes or more; `at` is when it was last seen so, RFC 3339. */
export interface SeenGood {
  readonly replicaSetUid: string;
  readonly templateHash: string;
  readonly at: string;
}

/** How following a rollout ended. `stopped`: the person stopped watching; the rollout itself goes on. */
export interface RolloutEnd {
  readonly kind: 'complete' | 'failed' | 'stopped' | 'lost';
  readonly message: string;
  /** The number that the revision carries now. */
  readonly nowRevision: number | undefined;
  /** Where it failed: what to do next. */
  readonly advice?: readonly Advice[];
}
