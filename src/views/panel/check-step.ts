import type { CheckResult } from '../../domain/runbook/checks.ts';
import { smokeTitle } from '../../domain/runbook/smoke-test.ts';
import type { StepState as StepRun } from '../../domain/runbook/step-state.ts';
import { checkSteps, type StepId } from '../../domain/runbook/steps.ts';
import type { ActionModel, StepModel, StepState } from '../../shared/panel-model.ts';
import { adviceModels, usualAdvice } from './advice.ts';
import type { PanelFacts } from './facts.ts';
import { shownOutput } from './shown-output.ts';
import { stepCommands } from './step-commands.ts';

const states: Readonly<Record<CheckResult['state'], StepState>> = {
  running: 'running',
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  notConfigured: 'skipped',
};

/** A step that looks: its state, what was found, what one would type instead. */
export function checkStep(facts: PanelFacts, id: StepId): Omit<StepModel, 'open'> {
  const { phase } = checkSteps[id];
  const step = facts.run.steps[id];
  return {
    id,
    phase,
    title: titleOf(facts, id),
    does: doesOf(facts, id),
    pods: [],
    commands: stepCommands(facts, id),
    ...shown(facts, id, step),
    ...(step === undefined || step.state === 'skipped'
      ? {}
      : {
          took: { since: step.startedAt, ...untilOf(step.endedAt) },
        }),
  };
}

function untilOf(until: string | undefined): { readonly until?: string } {
  return until === undefined ? {} : { until };
}

function titleOf({ readyWithinSeconds }: PanelFacts, id: StepId): string {
  return id === 'podsReady' ? `Pods ready within ${readyWithinSeconds} s` : checkSteps[id].title;
}

/** Of a smoke test also how it is run: where by hand, it is run in the same way. */
function doesOf({ smokeTest, run }: PanelFacts, id: StepId): string {
  if (id !== 'smoke' || smokeTest === undefined) return checkSteps[id].does;
  const keeps = 'and keeps its output and exit code.';
  if (smokeTest.kind === 'task')
    return `Runs the task ${smokeTest.task} of the workspace, ${keeps} By hand: the command Tasks: Run Task, then ${smokeTest.task}.`;
  const { context, namespace, name } = run.target;
  return `Runs this command in the first folder of the workspace, with ROLLBACK_CONTEXT=${context}, ROLLBACK_NAMESPACE=${namespace} and ROLLBACK_DEPLOYMENT=${name} in its environment, ${keeps}`;
}

type Shown = Pick<StepModel, 'state' | 'evidence' | 'actions' | 'advice'> &
  Partial<Pick<StepModel, 'summary' | 'detail' | 'table' | 'output'>>;

function shown(facts: PanelFacts, id: StepId, step: StepRun | undefined): Shown {
  const { run } = facts;
  // What an ended run says stays as it is.
  const may = (actions: readonly ActionModel[]) => (run.end === undefined ? actions : []);
  const configure = configureActions(facts, id);
  const retry: ActionModel = { action: 'retryStep', target: id, label: 'Try again' };
  const skip: ActionModel = { action: 'skipStep', target: id, label: 'Skip…' };
  if (step === undefined) {
    const { smokeTest } = facts;
    const test = id === 'smoke' && smokeTest !== undefined ? { summary: smokeTitle(smokeTest) } : {};
    return {
      state: 'todo',
      evidence: [],
      advice: [],
      actions: may([...configure, skip]),
      ...(configure.length > 0 ? { summary: 'not configured' } : test),
    };
  }
  if (step.state === 'skipped') {
    const { by = '', reason = '' } = step.skipped ?? {};
    const at = step.endedAt ?? step.startedAt;
    return {
      state: 'skipped',
      summary: `skipped by ${by}`,
      detail: reason,
      evidence: [{ text: `Left out by ${by}`, tone: 'plain', at }],
      advice: [],
      actions: may([{ ...retry, label: 'Do it after all' }]),
    };
  }
  const { result } = step;
  if (step.state === 'unfinished')
    return { ...seen(facts, result), state: 'skipped', summary: 'not finished', actions: [] };
  if (step.state === 'running' || result === undefined)
    return { ...seen(facts, result), state: 'running', actions: may([skip]) };
  const failed = result.state === 'failed' || result.state === 'warning';
  const advice = result.advice ?? (result.state === 'failed' ? usualAdvice(id) : []);
  return {
    ...seen(facts, result),
    state: states[result.state],
    advice: adviceModels(facts, advice),
    actions: may(
      failed
        ? [retry, skip]
        : result.state === 'notConfigured'
          ? [...(advice.length > 0 ? [] : configure), retry]
          : [{ ...retry, label: 'Look again' }],
    ),
  };
}

/** What a step has found, or found so far. */
function seen(facts: PanelFacts, result: CheckResult | undefined): Omit<Shown, 'state' | 'actions'> {
  if (result === undefined) return { summary: '', evidence: [], advice: [] };
  const { summary, detail, evidence, table, output, advice = [] } = result;
  return {
    summary,
    evidence,
    advice: adviceModels(facts, advice),
    ...(detail === undefined ? {} : { detail }),
    ...(table === undefined ? {} : { table }),
    ...(output === undefined || output === '' ? {} : { output: shownOutput(output) }),
  };
}

function configureActions({ endpoints, smokeTest }: PanelFacts, id: StepId): readonly ActionModel[] {
  if (id === 'smoke' && smokeTest === undefined)
    return [{ action: 'configureSmokeTests', label: 'Name a test' }];
  const unset =
    ((id === 'health' || id === 'endpoint') && endpoints.health === undefined) ||
    (id === 'critical' && endpoints.critical.length === 0);
  return unset ? [{ action: 'configureEndpoints', label: 'Set the address' }] : [];
}
