import type { ItemId, ItemState, SignableItem } from './checklist-items.ts';
import type {
  RecordedChange,
  RevisionRef,
  RolloutEnd,
  RunEvent,
  RunIdentity,
  RunTarget,
  SeenGood,
} from './events.ts';
import {
  cutOff,
  goneOnWith,
  nextMemories,
  nextSteps,
  type StepMemories,
  type StepStates,
} from './step-state.ts';
import { stepsOf } from './steps.ts';
import type { TaskId, TaskState } from './tasks.ts';
import type { Operation, OperationIntent, RollbackIntent, WriteOutcome } from './write.ts';

/** A rollback within a run, from its confirmation on. Times are RFC 3339. */
export interface RollbackState {
  readonly from: RevisionRef;
  readonly to: RevisionRef;
  readonly by: string;
  readonly command: string;
  readonly confirmedAt: string;
  /** What changes in the pods; undefined in journals that do not say it. */
  readonly changes?: readonly RecordedChange[];
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

/** A person's word. `at` is RFC 3339. */
export interface Signature {
  readonly by: string;
  readonly note: string;
  readonly at: string;
}

export interface RunEnd extends Signature {
  readonly kind: 'signedOff' | 'closed';
}

/** What an item of the checklist was when it changed last. `since` is RFC 3339. */
export interface ItemSeen {
  readonly state: ItemState;
  readonly summary: string;
  readonly since: string;
  /** RFC 3339: when it ceased to hold; undefined while it holds, and where it never did. */
  readonly lostAt?: string;
}

/** All that a run knows from its events. */
export interface RunState extends RunIdentity {
  readonly target: RunTarget;
  readonly openedAt: string;
  readonly issue?: { readonly words: string; readonly since: string | undefined; readonly seenAt: string };
  readonly steps: StepStates;
  readonly rollback?: RollbackState;
  readonly operation?: OperationState;
  /** What steps have said to know later, also where they were stopped meanwhile. */
  readonly memories: StepMemories;
  readonly items: Readonly<Partial<Record<ItemId, ItemSeen>>>;
  readonly signatures: Readonly<Partial<Record<SignableItem, Signature>>>;
  readonly overrides: Readonly<Partial<Record<ItemId, Signature>>>;
  readonly tasks: Readonly<Partial<Record<TaskId, TaskState & { readonly by: string; readonly at: string }>>>;
  /** Handed over to somebody, and not yet taken: nothing goes on here. */
  readonly handedOver?: Signature & { readonly to: string; readonly knownGood?: readonly SeenGood[] };
  readonly end?: RunEnd;
}

/** Whether the cluster has the rollback: its answer said so, or the rollout was seen complete afterwards. */
export function isWritten(rollback: RollbackState | undefined): boolean {
  return (
    rollback?.outcome?.kind === 'applied' ||
    (rollback?.outcome?.kind === 'unknown' && rollback.end?.kind === 'complete')
  );
}

/**
 * Whether the last operation is being written, or its rollout goes on. A pause rolls nothing out; a rollback that was
 * confirmed later goes on in its place.
 */
export function isOperating({ operation, rollback }: RunState): boolean {
  if (operation === undefined || operation.end !== undefined) return false;
  if (rollback !== undefined && rollback.confirmedAt >= operation.confirmedAt) return false;
  const { outcome } = operation;
  return outcome === undefined || (outcome.kind === 'applied' && operation.operation.kind !== 'pause');
}

/** The state of a run after all of `events`. */
export function runState(target: RunTarget, events: readonly RunEvent[]): RunState {
  return events.reduce(next, beginning(target, { id: '', by: '' }, events[0]?.at ?? ''));
}

function beginning(target: RunTarget, { id, by }: RunIdentity, openedAt: string): RunState {
  return {
    target,
    id,
    by,
    openedAt,
    steps: {},
    memories: {},
    items: {},
    signatures: {},
    overrides: {},
    tasks: {},
  };
}

/** The state after one more event. */
export function next(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'opened':
      return beginning(event.target, event, event.at);
    case 'issueSeen':
      return { ...state, issue: { words: event.words, since: event.since, seenAt: event.at } };
    case 'stepStarted':
    case 'stepSeen':
    case 'stepEnded':
    case 'stepStopped':
    case 'stepSkipped':
      return {
        ...state,
        steps: nextSteps(state.steps, event),
        memories: nextMemories(state.memories, event),
      };
    case 'rollbackConfirmed': {
      const { from, to, by, command, at, changes } = event;
      return {
        ...state,
        // What was looked at, signed and answered for before was said of another template.
        steps: without(state.steps, stepsOf('verify', 'functionality', 'watch')),
        memories: {},
        items: {},
        signatures: {},
        overrides: {},
        rollback: {
          from,
          to,
          by,
          command,
          confirmedAt: at,
          ...(changes === undefined ? {} : { changes }),
        },
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
    case 'itemSeen': {
      const items = { ...state.items, [event.item]: itemSeen(state.items[event.item], event) };
      if (event.state !== 'ticked') return { ...state, items };
      // It holds by its evidence: nobody answers for it any more, and for no other cause that un-ticks it later.
      return { ...state, items, overrides: without(state.overrides, [event.item]) };
    }
    case 'signed':
      return { ...state, signatures: { ...state.signatures, [event.item]: signature(event) } };
    case 'itemOverridden':
      return { ...state, overrides: { ...state.overrides, [event.item]: signature(event) } };
    case 'overrideWithdrawn':
      return { ...state, overrides: without(state.overrides, [event.item]) };
    case 'taskChanged': {
      const { task, at, by, state: now, owner, note } = event;
      return { ...state, tasks: { ...state.tasks, [task]: { state: now, owner, note, by, at } } };
    }
    case 'handedOver': {
      const { to, knownGood } = event;
      const good = knownGood === undefined ? {} : { knownGood };
      const handedOver = { ...signature(event), to, ...good };
      return { ...state, handedOver, steps: cutOff(state.steps, event.at) };
    }
    case 'takenOver': {
      const { handedOver, ...rest } = state;
      const { context = state.target.context } = event;
      const goesOn = handedOver !== undefined && state.end === undefined;
      const steps = goesOn ? goneOnWith(state.steps) : state.steps;
      return { ...rest, steps, target: { ...state.target, context } };
    }
    case 'resumed':
      return state;
    case 'signedOff':
      return ended(state, { kind: 'signedOff', ...signature(event) });
    case 'closed':
      return ended(state, { kind: 'closed', by: event.by, note: event.reason, at: event.at });
  }
}

function itemSeen(
  before: ItemSeen | undefined,
  { state, summary, at }: Extract<RunEvent, { readonly kind: 'itemSeen' }>,
): ItemSeen {
  const seen = { state, summary, since: at };
  if (state === 'ticked') return seen;
  const lostAt = before?.state === 'ticked' ? at : before?.lostAt;
  return lostAt === undefined ? seen : { ...seen, lostAt };
}

/** Nothing goes on in it from here on. */
function ended(state: RunState, end: RunEnd): RunState {
  return { ...state, end, steps: cutOff(state.steps, end.at) };
}

function rollback(state: RunState, change: Partial<RollbackState>): RunState {
  return state.rollback === undefined ? state : { ...state, rollback: { ...state.rollback, ...change } };
}

function operation(state: RunState, change: Partial<OperationState>): RunState {
  return state.operation === undefined ? state : { ...state, operation: { ...state.operation, ...change } };
}

function signature({ by, note, at }: Signature): Signature {
  return { by, note, at };
}

function without<Key extends string, Value>(
  all: Readonly<Partial<Record<Key, Value>>>,
  keys: readonly Key[],
): Readonly<Partial<Record<Key, Value>>> {
  const rest = { ...all };
  for (const key of keys) delete rest[key];
  return rest;
}
