import { utcStamp } from '../logs/stamp.ts';
import type { RunEvent } from '../runbook/events.ts';
import { isWritten, type RunState } from '../runbook/state.ts';

/** The moments by which an incident is told, RFC 3339; undefined where one has not come, or is not known. */
export interface Milestones {
  /** Since when the deployment fails, as the cluster shows it. */
  readonly failedSince: string | undefined;
  /** Somebody opened the runbook, or, where it was open already, the failure was seen in it. */
  readonly detected: string;
  readonly decided: string | undefined;
  /** The cluster has the rollback. */
  readonly rolledBack: string | undefined;
  /** The rollout was complete, and its pods have not been seen failing since. */
  readonly recovered: string | undefined;
  readonly signedOff: string | undefined;
}

/** Of the run's last rollback, where it had several; the failure is the first one. */
export function milestones(state: RunState, events: readonly RunEvent[]): Milestones {
  const failedSince = events.find((event) => event.kind === 'issueSeen')?.since;
  const { rollback, end } = state;
  return {
    failedSince,
    detected: detected(state, events, failedSince),
    decided: rollback?.confirmedAt,
    rolledBack: isWritten(rollback) ? rollback?.outcomeAt : undefined,
    recovered: recovered(state, events),
    signedOff: end?.kind === 'signedOff' ? end.at : undefined,
  };
}

function detected(state: RunState, events: readonly RunEvent[], since: string | undefined): string {
  if (since === undefined || !isAfter(since, state.openedAt)) return state.openedAt;
  const seen = events.find(
    (event) =>
      (event.kind === 'issueSeen' ||
        ((event.kind === 'stepEnded' || event.kind === 'stepSeen') && event.step === 'issue')) &&
      !isAfter(since, event.at),
  );
  return seen?.at ?? state.openedAt;
}

function recovered({ rollback }: RunState, events: readonly RunEvent[]): string | undefined {
  const completeAt = isWritten(rollback) && rollback?.end?.kind === 'complete' ? rollback.endAt : undefined;
  if (completeAt === undefined) return undefined;
  let since: string | undefined = completeAt;
  for (const event of events) {
    if (event.kind !== 'itemSeen' || event.item !== 'pods' || !isAfter(event.at, completeAt)) continue;
    if (event.state === 'failed') since = undefined;
    else if (event.state === 'ticked') since ??= event.at;
  }
  return since;
}

/** Kubernetes writes whole seconds, this extension thousandths: only alike they compare as text. */
function isAfter(a: string, b: string): boolean {
  return (utcStamp(a) ?? a) > (utcStamp(b) ?? b);
}
