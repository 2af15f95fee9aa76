import type { CheckResult } from '../../domain/runbook/checks.ts';
import type { StepState as StepRun } from '../../domain/runbook/state.ts';
import { checkSteps, type StepId } from '../../domain/runbook/steps.ts';
import type { ActionModel, StepModel, StepState } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';
import { stepCommands } from './step-commands.ts';

const states: Readonly<Record<CheckResult['state'], StepState>> = {
  running: 'running',
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  notConfigured: 'skipped',
};

/** What to do where a step fails and says nothing better itself, in one sentence. */
const advice: Readonly<Partial<Record<StepId, string>>> = {
  podsReady: 'Look at the failing pods in the log; if this revision fails too, choose an older one.',
  complete: 'Watch the rollout to its end, or see who else changes this deployment.',
  health: 'The pods may be ready before the service answers: wait some seconds and verify again.',
  critical: 'Look at the log at the time of the failed request.',
  logs: 'Read the error lines; if they were there before the failure too, they may not matter.',
};

/** A step that looks: its state, what was found, what one would type instead. */
export function checkStep(facts: PanelFacts, id: StepId): Omit<StepModel, 'open'> {
  const { phase, does } = checkSteps[id];
  const step = facts.run.steps[id];
  return {
    id,
    phase,
    title: titleOf(facts, id),
    does,
    pods: [],
    commands: stepCommands(facts, id),
    ...shown(facts, id, step),
    ...(step === undefined || step.state === 'skipped'
      ? {}
      : {
          took: { since: step.startedAt, ...(step.endedAt === undefined ? {} : { until: step.endedAt }) },
        }),
  };
}

function titleOf({ readyWithinSeconds }: PanelFacts, id: StepId): string {
  return id === 'podsReady' ? `Pods ready within ${readyWithinSeconds} s` : checkSteps[id].title;
}

type Shown = Pick<StepModel, 'state' | 'evidence' | 'actions'> &
  Partial<Pick<StepModel, 'summary' | 'detail'>>;

function shown(facts: PanelFacts, id: StepId, step: StepRun | undefined): Shown {
  const configure = configureActions(facts, id);
  if (step === undefined)
    return {
      state: 'todo',
      evidence: [],
      actions: configure,
      ...(configure.length > 0 ? { summary: 'not configured' } : {}),
    };
  const retry: ActionModel = { action: 'retryStep', target: id, label: 'Try again' };
  if (step.state === 'skipped') {
    const { by = '', reason = '' } = step.skipped ?? {};
    return {
      state: 'skipped',
      summary: `skipped by ${by}`,
      detail: reason,
      evidence: [],
      actions: [{ ...retry, label: 'Do it after all' }],
    };
  }
  const { result } = step;
  const skip: ActionModel = { action: 'skipStep', target: id, label: 'Skip…' };
  if (step.state === 'running' || result === undefined)
    return {
      state: 'running',
      summary: result?.summary ?? '',
      ...(result?.detail === undefined ? {} : { detail: result.detail }),
      evidence: result?.evidence ?? [],
      actions: [skip],
    };
  const failed = result.state === 'failed' || result.state === 'warning';
  const detail = result.detail ?? (result.state === 'failed' ? advice[id] : undefined);
  return {
    state: states[result.state],
    summary: result.summary,
    ...(detail === undefined ? {} : { detail }),
    evidence: result.evidence,
    actions: failed ? [retry, skip] : result.state === 'notConfigured' ? configure : [],
  };
}

function configureActions({ endpoints }: PanelFacts, id: StepId): readonly ActionModel[] {
  const unset =
    ((id === 'health' || id === 'endpoint') && endpoints.health === undefined) ||
    (id === 'critical' && endpoints.critical.length === 0);
  return unset ? [{ action: 'configureEndpoints', label: 'Set the address' }] : [];
}
