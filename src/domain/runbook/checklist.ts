import type { CheckResult, Seen, SignableItem } from './checks.ts';
import type { PodsReadiness } from './pods-ready.ts';
import type { RevisionRef } from './events.ts';
import { isWritten, type RunState } from './state.ts';

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
}

export interface ChecklistItem {
  readonly id: string;
  readonly title: string;
  readonly state: 'ticked' | 'running' | 'failed' | 'pending';
  readonly summary: string;
  readonly evidence: readonly Seen[];
  readonly sign: SignableItem | undefined;
  /** True where addresses have to be set before anything can be told. */
  readonly configure: boolean;
}

type Answer = Pick<ChecklistItem, 'state' | 'summary' | 'evidence'> &
  Partial<Pick<ChecklistItem, 'sign' | 'configure'>>;

/** The runbook's nine items: each ticked by evidence as long as the evidence holds, three by a person's word. */
export function checklist(run: RunState, present: Present): readonly ChecklistItem[] {
  const { verification } = run;
  return [
    item('previous', 'Previous version identified', previousIdentified(run, present)),
    item('executed', 'Rollback executed', rollbackExecuted(run)),
    item('pods', 'Pods are running and ready', podsReady(present)),
    item('health', 'Health checks passing', asked(present.health ?? verification?.checks.health)),
    item('logs', 'Application logs show no errors', asked(verification?.checks.logs)),
    item(
      'critical',
      'Critical endpoints responding',
      asked(present.critical ?? verification?.checks.critical),
    ),
    item('metrics', 'Metrics normalized', signed(run, 'metrics')),
    item('users', 'Users can access the platform', signed(run, 'users')),
    item('alerts', 'Monitoring alerts cleared', signed(run, 'alerts')),
  ];
}

function item(id: string, title: string, answer: Answer): ChecklistItem {
  return { id, title, sign: undefined, configure: false, ...answer };
}

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

function rollbackExecuted({ rollback }: RunState): Answer {
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
    evidence: pods.details.map((text) => ({ text, tone, at })),
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
    case 'failed':
    case 'running':
      return { state: result.state, summary, evidence };
  }
}

function signed({ signatures }: RunState, sign: SignableItem): Answer {
  const signature = signatures[sign];
  if (signature === undefined) return { state: 'pending', summary: 'to sign', evidence: [], sign };
  const { by, note, at } = signature;
  const text = note === '' ? `Signed by ${by}` : `Signed by ${by}: ${note}`;
  return { state: 'ticked', summary: `signed by ${by}`, evidence: [{ text, tone: 'ok', at }], sign };
}
