import { ApiError } from '../../cluster/errors/api-error.ts';
import type { Connection } from '../../cluster/connections.ts';
import type { CheckResult, Seen } from '../../domain/runbook/checks.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunbookSettings } from '../runbook-settings.ts';

/** Where a step looks. */
export interface StepPlace {
  readonly connection: Connection;
  readonly settings: RunbookSettings;
  readonly clock: Clock;
  /** The run as it is when it is asked for. */
  readonly run: RunState;
}

/**
 * Looks, and says what it found; `see` shows what was seen so far. It changes nothing, so that it may be carried out again.
 * Ends early when `signal` aborts: what it returns then is not looked at. Throws ApiError where the cluster does not tell.
 */
export type StepHandler = (
  place: StepPlace,
  see: (soFar: CheckResult) => void,
  signal: AbortSignal,
) => Promise<CheckResult>;

/** One line of evidence, seen now; `pod` is the name of the one that it was seen at. */
export function seen(
  { clock }: Pick<StepPlace, 'clock'>,
  text: string,
  tone: Seen['tone'],
  pod?: string,
): Seen {
  return { text, tone, at: new Date(clock.now()).toISOString(), ...(pod === undefined ? {} : { pod }) };
}

/** A step that found nothing out: neither good nor bad is known. */
export function cannotTell(place: Pick<StepPlace, 'clock'>, why: string): CheckResult {
  return { state: 'failed', summary: 'cannot be told', evidence: [seen(place, why, 'failed')] };
}

/** `cannotTell` for what went wrong, in its own words. */
export function cannotTellSince(place: Pick<StepPlace, 'clock'>, error: unknown): CheckResult {
  if (error instanceof ApiError) return cannotTell(place, `${error.message} ${error.hint}`);
  return cannotTell(place, error instanceof Error ? error.message : String(error));
}

/** What the store holds is old, or not there yet: neither pods that were ready nor a lack of them is a result. */
export function notSeen(place: StepPlace): CheckResult {
  const { state } = place.connection.store;
  const why = 'error' in state ? ` ${state.error.message}` : '';
  return cannotTell(place, `The cluster cannot be seen at present, so this is not known.${why}`);
}
