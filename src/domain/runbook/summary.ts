import type { RunEvent, RunTarget } from './events.ts';
import type { RunState } from './state.ts';

/** How far a run is, in the order in which it goes. */
export type RunStage =
  /** Looked at, and nothing decided. */
  | 'opened'
  | 'rollingBack'
  /** A rollback that the cluster does not have, or that did not come to a good end. */
  | 'failed'
  | 'rolledBack'
  | 'handedOver'
  | 'signedOff'
  | 'closed';

/** A run in a list: what is shown and searched for, without its evidence. Times are RFC 3339. */
export interface RunSummary {
  readonly id: string;
  readonly target: RunTarget;
  readonly stage: RunStage;
  /** Revisions, once a rollback was confirmed. */
  readonly from?: number;
  readonly to?: number;
  readonly openedAt: string;
  /** Of the last thing that happened. */
  readonly lastAt: string;
  /** Who the run is handed over to. */
  readonly handedOverTo?: string;
  /** Everybody who did, signed or was given something in it, who began it first. */
  readonly people: readonly string[];
  /** A write to the cluster whose outcome is not written down. */
  readonly unanswered: boolean;
}

export function runSummary(state: RunState, events: readonly RunEvent[]): RunSummary {
  const { id, target, rollback, operation, openedAt, handedOver } = state;
  return {
    id,
    target,
    stage: stageOf(state),
    ...(rollback === undefined ? {} : { from: rollback.from.revision, to: rollback.to.revision }),
    openedAt,
    lastAt: events.at(-1)?.at ?? openedAt,
    ...(handedOver === undefined ? {} : { handedOverTo: handedOver.to }),
    people: [...new Set(events.flatMap(named))],
    unanswered:
      (rollback !== undefined && rollback.outcome === undefined) ||
      (operation !== undefined && operation.outcome === undefined),
  };
}

const dayMs = 86_400_000;

/** Whether the run has ended, or is in somebody else's hands. */
export function isPast({ stage }: RunSummary): boolean {
  return stage === 'signedOff' || stage === 'closed' || stage === 'handedOver';
}

/**
 * Whether the deployment's next look begins another run. One that was signed off is gone on with for a day, for its clean-up; one
 * in which nothing was decided is forgotten after a day. `idleMs` is how long ago the last thing happened in it.
 */
export function isOver(summary: RunSummary, idleMs: number): boolean {
  if (isUnderway(summary)) return false;
  if (summary.stage === 'closed' || summary.stage === 'handedOver') return true;
  return !(idleMs < dayMs);
}

/** Whether a person has begun something that is not over: such a run is offered again after a crash. */
export function isUnderway(summary: RunSummary): boolean {
  return !isPast(summary) && (summary.stage !== 'opened' || summary.unanswered);
}

function stageOf({ end, handedOver, rollback }: RunState): RunStage {
  if (end !== undefined) return end.kind;
  if (handedOver !== undefined) return 'handedOver';
  if (rollback === undefined) return 'opened';
  if (rollback.outcome?.kind === 'notApplied') return 'failed';
  if (rollback.end === undefined) return 'rollingBack';
  return rollback.end.kind === 'complete' ? 'rolledBack' : 'failed';
}

function named(event: RunEvent): readonly string[] {
  const names: unknown[] = [
    'by' in event && event.by,
    'to' in event && event.to,
    'owner' in event && event.owner,
  ];
  return names.filter((name) => typeof name === 'string').filter((name) => name !== '');
}
