import type { Operation, OperationIntent, RollbackIntent, WriteOutcome } from './write.ts';
import type { CheckId, CheckResult, SignableItem } from './checks.ts';
import type { PermissionSeen, RevisionRef, RolloutEnd, RunEvent, RunTarget } from './events.ts';

/** A rollback within a run, from its confirmation on. Times are RFC 3339. */
export interface RollbackState {
  readonly from: RevisionRef;
  readonly to: RevisionRef;
  readonly by: string;
  readonly command: string;
  readonly confirmedAt: string;
  /** The intent is on the disk: from here on a write may have reached the cluster. */
  readonly intent?: RollbackIntent;
  readonly outcome?: WriteOutcome;
  readonly outcomeAt?: string;
  readonly message?: string;
  readonly end?: RolloutEnd;
  readonly endAt?: string;
}

/** The last operation other than a rollback, from its confirmation on. Times are RFC 3339. */
export interface OperationState {
  readonly operation: Operation;
  readonly by: string;
  readonly command: string;
  readonly confirmedAt: string;
  readonly intent?: OperationIntent;
  readonly outcome?: WriteOutcome;
  readonly outcomeAt?: string;
  readonly message?: string;
  readonly end?: RolloutEnd;
}

export interface VerificationState {
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly checks: Readonly<Partial<Record<CheckId, CheckResult>>>;
}

export interface Signature {
  readonly by: string;
  readonly note: string;
  readonly at: string;
}

/** All that a run knows from its events. */
export interface RunState {
  readonly target: RunTarget;
  readonly openedAt: string;
  readonly permissions?: { readonly at: string; readonly answers: readonly PermissionSeen[] };
  readonly permissionsUnknown?: string;
  readonly issue?: { readonly words: string; readonly since: string | undefined; readonly seenAt: string };
  readonly rollback?: RollbackState;
  readonly operation?: OperationState;
  readonly verification?: VerificationState;
  readonly signatures: Readonly<Partial<Record<SignableItem, Signature>>>;
}

/** Whether the cluster has the rollback: its answer said so, or the rollout was seen complete afterwards. */
export function isWritten(rollback: RollbackState | undefined): boolean {
  return (
    rollback?.outcome?.kind === 'applied' ||
    (rollback?.outcome?.kind === 'unknown' && rollback.end?.kind === 'complete')
  );
}

/** The state of a run after all of `events`. */
export function runState(target: RunTarget, events: readonly RunEvent[]): RunState {
  const start: RunState = { target, openedAt: events[0]?.at ?? '', signatures: {} };
  return events.reduce(next, start);
}

/** The state after one more event. */
export function next(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'opened':
      return { target: event.target, openedAt: event.at, signatures: {} };
    case 'permissionsSeen': {
      const { permissionsUnknown: _gone, ...rest } = state;
      return { ...rest, permissions: { at: event.at, answers: event.answers } };
    }
    case 'permissionsUnknown': {
      const { permissions: _gone, ...rest } = state;
      return { ...rest, permissionsUnknown: event.message };
    }
    case 'issueSeen':
      return { ...state, issue: { words: event.words, since: event.since, seenAt: event.at } };
    case 'rollbackConfirmed': {
      // What was verified and signed before was said of another template.
      const { verification: _gone, ...rest } = state;
      const { from, to, by, command, at } = event;
      return {
        ...rest,
        signatures: {},
        rollback: { from, to, by, command, confirmedAt: at },
      };
    }
    case 'writeIntended':
      return rollback(state, { intent: event.intent });
    case 'writeEnded':
      return rollback(state, { outcome: event.outcome, outcomeAt: event.at });
    case 'rolloutProgressed': {
      // Watched again after `stopped` or `lost`: the end is open again.
      if (state.rollback === undefined) return state;
      const { end: _end, endAt: _endAt, ...rest } = state.rollback;
      return { ...state, rollback: { ...rest, message: event.message } };
    }
    case 'rolloutEnded':
      return rollback(state, { end: event.end, endAt: event.at, message: event.end.message });
    case 'operationConfirmed': {
      const { operation, by, command, at } = event;
      return { ...state, operation: { operation, by, command, confirmedAt: at } };
    }
    case 'operationIntended':
      return operation(state, { intent: event.intent });
    case 'operationEnded':
      return operation(state, { outcome: event.outcome, outcomeAt: event.at });
    case 'operationProgressed':
      return operation(state, { message: event.message });
    case 'operationFollowed':
      return operation(state, { end: event.end });
    case 'verificationStarted':
      return { ...state, verification: { startedAt: event.at, checks: waiting(event.checks) } };
    case 'checkSeen':
      return verification(state, { checks: { ...state.verification?.checks, [event.check]: event.result } });
    case 'verificationEnded':
      return verification(state, { endedAt: event.at, checks: settled(state.verification?.checks ?? {}) });
    case 'signed':
      return {
        ...state,
        signatures: { ...state.signatures, [event.item]: { by: event.by, note: event.note, at: event.at } },
      };
  }
}

function rollback(state: RunState, change: Partial<RollbackState>): RunState {
  return state.rollback === undefined ? state : { ...state, rollback: { ...state.rollback, ...change } };
}

function operation(state: RunState, change: Partial<OperationState>): RunState {
  return state.operation === undefined ? state : { ...state, operation: { ...state.operation, ...change } };
}

function verification(state: RunState, change: Partial<VerificationState>): RunState {
  return state.verification === undefined
    ? state
    : { ...state, verification: { ...state.verification, ...change } };
}

function waiting(checks: readonly CheckId[]): VerificationState['checks'] {
  return Object.fromEntries(checks.map((check) => [check, { state: 'running', summary: '', evidence: [] }]));
}

/** A check that was stopped has found nothing: it is as if it had not been asked. */
function settled(checks: VerificationState['checks']): VerificationState['checks'] {
  return Object.fromEntries(Object.entries(checks).filter(([, result]) => result.state !== 'running'));
}
