import type { CheckResult, Seen } from './checks.ts';
import {
  checklistItems,
  type ItemId,
  itemIds,
  type ItemState,
  isSignable,
  type SignableItem,
} from './checklist-items.ts';
import type { PodsReadiness } from './pods-ready.ts';
import type { RevisionRef } from './events.ts';
import { isWritten, type RunState, type Signature } from './state.ts';
import type { StepId } from './steps.ts';

/** What is seen now, beside what the run remembers. */
export interface Present {
  /** RFC 3339. */
  readonly at: string;
  readonly pods: PodsReadiness;
  /** The revision that an undo would put back; undefined where there is none. */
  readonly previous: RevisionRef | undefined;
  /** What the addresses answered last; undefined until they were asked. */
  readonly health: CheckResult | undefined;
  readonly critical: CheckResult | undefined;
  /** What somebody has done to the template since the rollback was complete; undefined where nobody has. */
  readonly changedBack?: string | undefined;
  /** What the figures say now; undefined while they are too few. */
  readonly metrics?: CheckResult | undefined;
  /** Error lines after the logs had been found clean; undefined where none were seen. */
  readonly errors?: CheckResult | undefined;
}

export interface ChecklistItem {
  readonly id: ItemId;
  readonly title: string;
  readonly state: ItemState;
  readonly summary: string;
  readonly evidence: readonly Seen[];
  /** True where a person's word is asked for, or part of the evidence. */
  readonly signable: boolean;
  /** True where addresses have to be set before anything can be told. */
  readonly configure: boolean;
  /** RFC 3339: it was ticked until then, and does not hold any more. */
  readonly lostAt?: string;
}

/** What is seen of an item, whoever answers for it. */
type Answer = Pick<ChecklistItem, 'summary' | 'evidence'> & {
  readonly state: Exclude<ItemState, 'overridden'>;
  readonly configure?: boolean;
};

const answers: Readonly<Record<ItemId, (run: RunState, present: Present) => Answer>> = {
  previous: previousIdentified,
  executed: rollbackExecuted,
  pods: (_run, present) => podsReady(present),
  health: (run, { health }) => asked(health ?? found(run, 'health')),
  logs: logsClean,
  critical: criticalAnswers,
  metrics: metricsNormal,
  users: usersHaveAccess,
  alerts: (run) => signed(run, 'alerts'),
};

/**
 * The runbook's nine items: each ticked by evidence as long as the evidence holds, or answered for by a person. `written` puts
 * what is known otherwise in place of what is seen.
 */
export function checklist(
  run: RunState,
  present: Present,
  written: (id: ItemId, answer: Answer) => Answer = (_id, answer) => answer,
): readonly ChecklistItem[] {
  return itemIds.map((id) => {
    const { configure = false, ...answer } = written(id, answers[id](run, present));
    const item: ChecklistItem = {
      id,
      title: checklistItems[id],
      signable: isSignable(id),
      configure,
      ...answer,
      ...lost(run, id, answer),
    };
    const override = run.overrides[id];
    return override === undefined || answer.state === 'ticked'
      ? item
      : { ...item, ...overridden(answer, override) };
  });
}

/** Whether the run can be signed off: every item holds, or a person answers for it. */
export function canSignOff(items: readonly ChecklistItem[]): boolean {
  return missingItems(items).length === 0;
}

/** The items that neither hold nor are answered for. */
export function missingItems(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.filter(({ state }) => state !== 'ticked' && state !== 'overridden');
}

/** Since when it holds no more; what changed before the rollback had come to its end says nothing of what it has brought. */
function lost({ items, rollback }: RunState, id: ItemId, { state }: Answer): Pick<ChecklistItem, 'lostAt'> {
  const lostAt = items[id]?.lostAt;
  if (state === 'ticked' || lostAt === undefined) return {};
  if (rollback !== undefined && !(rollback.endAt !== undefined && lostAt >= rollback.endAt)) return {};
  return { lostAt };
}

function overridden({ summary, evidence }: Answer, { by, note, at }: Signature): Partial<ChecklistItem> {
  const seen = summary === '' ? '' : ` Seen: ${summary}.`;
  return {
    state: 'overridden',
    summary: `${by} answers for it`,
    evidence: [{ text: `Overridden by ${by}: ${note}.${seen}`, tone: 'warning', at }, ...evidence],
  };
}

/** What a step has found, so far where it looks; undefined until it was begun. */
function found({ steps }: RunState, step: StepId): CheckResult | undefined {
  const { state, result } = steps[step] ?? {};
  return state === 'running' && result === undefined ? looking : result;
}

const looking: CheckResult = { state: 'running', summary: 'being looked at', evidence: [] };

function previousIdentified({ rollback }: RunState, { previous, at }: Present): Answer {
  const found = rollback?.to ?? previous;
  if (found === undefined) return { state: 'failed', summary: 'none there', evidence: [] };
  const words = `Revision ${found.revision} with ${found.version} is there to go back to.`;
  return {
    state: 'ticked',
    summary: `${found.revision} · ${found.version}`,
    evidence: [{ text: words, tone: 'ok', at: rollback?.confirmedAt ?? at }],
  };
}

function rollbackExecuted(run: RunState, { changedBack, at }: Present): Answer {
  const executed = writeOutcome(run);
  if (executed.state !== 'ticked' || changedBack === undefined) return executed;
  return {
    state: 'failed',
    summary: 'changed back',
    evidence: [{ text: changedBack, tone: 'failed', at }, ...executed.evidence],
  };
}

function writeOutcome({ rollback }: RunState): Answer {
  if (rollback === undefined) return { state: 'pending', summary: '', evidence: [] };
  const { outcome, outcomeAt = rollback.confirmedAt, from, to, by } = rollback;
  const change = `Revision ${from.revision} → ${to.revision} by ${by}`;
  switch (outcome?.kind) {
    case 'applied':
      return {
        state: 'ticked',
        summary: 'executed',
        evidence: [{ text: change, tone: 'ok', at: outcomeAt }],
      };
    case 'notApplied':
      return {
        state: 'failed',
        summary: 'not applied',
        evidence: [{ text: outcome.message, tone: 'failed', at: outcomeAt }],
      };
    case 'unknown':
      if (isWritten(rollback))
        return {
          state: 'ticked',
          summary: 'seen',
          evidence: [{ text: `${change}, seen in the cluster`, tone: 'ok', at: outcomeAt }],
        };
      return {
        state: 'failed',
        summary: 'unknown',
        evidence: [{ text: outcome.message, tone: 'warning', at: outcomeAt }],
      };
    case undefined:
      return {
        state: 'running',
        summary: 'being written',
        evidence: [{ text: change, tone: 'plain', at: outcomeAt }],
      };
  }
}

function podsReady({ pods, at }: Present): Answer {
  const tone = pods.ready ? 'ok' : pods.failing ? 'failed' : 'plain';
  return {
    state: pods.ready ? 'ticked' : pods.failing ? 'failed' : 'running',
    summary: pods.summary,
    evidence: pods.details.map((detail) => ({ ...detail, tone, at })),
  };
}

function asked(result: CheckResult | undefined): Answer {
  if (result === undefined) return { state: 'pending', summary: 'not yet', evidence: [] };
  const { summary, evidence } = result;
  switch (result.state) {
    case 'notConfigured':
      return { state: 'pending', summary, evidence, configure: true };
    case 'ok':
      return { state: 'ticked', summary, evidence };
    // Seen, but not good without a person's judgement.
    case 'warning':
      return { state: 'pending', summary, evidence };
    case 'failed':
    case 'running':
      return { state: result.state, summary, evidence };
  }
}

/** Logs that were clean when they were read, and in which nothing has come since; what came stays, until they are read again. */
function logsClean(run: RunState, { errors }: Present): Answer {
  const result = found(run, 'logs');
  if (result?.state !== 'ok') return asked(result);
  if (errors !== undefined) return { ...asked(errors), evidence: [...errors.evidence, ...result.evidence] };
  const { logs: before } = run.items;
  const readAt = run.steps.logs?.endedAt ?? '';
  if (before?.state !== 'failed' || before.since < readAt) return asked(result);
  const { summary, since } = before;
  return {
    state: 'failed',
    summary,
    evidence: [{ text: `Error lines were seen: ${summary}`, tone: 'failed', at: since }, ...result.evidence],
  };
}

/** What the step found counts until the figures say something newer. */
function metricsNormal(run: RunState, { metrics }: Present): Answer {
  const isOver = run.steps.metrics?.state === 'ended';
  return asked(isOver && metrics !== undefined ? metrics : found(run, 'metrics'));
}

/** An address that answers here may not answer its users: somebody has to have tried. */
function usersHaveAccess(run: RunState, present: Present): Answer {
  const critical = criticalAnswers(run, present);
  const word = signed(run, 'users');
  if (critical.state === 'ticked' && word.state === 'ticked')
    return { ...word, evidence: [...critical.evidence, ...word.evidence] };
  if (critical.state === 'ticked') return { ...word, evidence: critical.evidence };
  return {
    ...critical,
    state: critical.state === 'failed' ? 'failed' : 'pending',
    summary: word.state === 'ticked' ? `signed; ${critical.summary}` : critical.summary,
    evidence: [...critical.evidence, ...word.evidence],
  };
}

function criticalAnswers(run: RunState, { critical }: Present): Answer {
  return asked(critical ?? found(run, 'critical'));
}

function signed({ signatures }: RunState, item: SignableItem): Answer {
  const signature = signatures[item];
  if (signature === undefined) return { state: 'pending', summary: 'to sign', evidence: [] };
  const { by, note, at } = signature;
  const text = note === '' ? `Signed by ${by}` : `Signed by ${by}: ${note}`;
  return { state: 'ticked', summary: `signed by ${by}`, evidence: [{ text, tone: 'ok', at }] };
}
