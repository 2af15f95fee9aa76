import type { CheckId, CheckResult } from '../../domain/runbook/checks.ts';
import type { ActionModel, StepModel, StepState } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';
import { curlLine, kubectlLine } from './shell-lines.ts';

const checkStates: Readonly<Record<CheckResult['state'], StepState>> = {
  running: 'running',
  ok: 'ok',
  failed: 'failed',
  notConfigured: 'skipped',
};

/** What to do where a check fails, in one sentence. */
const advice: Readonly<Record<CheckId, string>> = {
  podsReady: 'Look at the failing pods in the log; if this revision fails too, choose an older one.',
  complete: 'Watch the rollout to its end, or see who else changes this deployment.',
  health: 'The pods may be ready before the service answers: wait some seconds and verify again.',
  critical: 'Look at the log at the time of the failed request.',
  logs: 'Read the error lines; if they were there before the failure too, they may not matter.',
};

/** Phase 5: five checks, each with what was seen. */
export function verifySteps(facts: PanelFacts): readonly Omit<StepModel, 'open'>[] {
  const { endpoints, run, place, readyWithinSeconds } = facts;
  const { name } = run.target;
  const logs = kubectlLine(
    place,
    `logs deployment/${name} --since-time=${run.rollback?.outcomeAt ?? '<when it was rolled back>'}`,
  );
  return [
    step(facts, 'podsReady', `Pods ready within ${readyWithinSeconds} s`, [
      kubectlLine(place, `wait --for=condition=ready pod -l app=${name} --timeout=${readyWithinSeconds}s`),
    ]),
    step(facts, 'complete', 'Deployment complete on this revision', [
      kubectlLine(place, `get deployment ${name}`),
    ]),
    step(
      facts,
      'health',
      'Health endpoint answers',
      endpoints.health === undefined ? [] : [curlLine(endpoints.health)],
    ),
    step(facts, 'critical', 'Critical endpoints answer', endpoints.critical.map(curlLine)),
    step(facts, 'logs', 'Logs free of errors', [logs]),
  ];
}

function step(
  facts: PanelFacts,
  check: CheckId,
  title: string,
  commands: readonly string[],
): Omit<StepModel, 'open'> {
  const result = facts.run.verification?.checks[check];
  const unset =
    (check === 'health' && facts.endpoints.health === undefined) ||
    (check === 'critical' && facts.endpoints.critical.length === 0);
  const configure: readonly ActionModel[] = unset
    ? [{ action: 'configureEndpoints', label: 'Set the address' }]
    : [];
  const common = { id: check, phase: 'verify', title, pods: [], commands };
  if (result === undefined)
    return {
      ...common,
      state: 'todo',
      evidence: [],
      actions: configure,
      ...(unset ? { summary: 'not configured' } : {}),
    };
  const failed = result.state === 'failed';
  return {
    ...common,
    state: checkStates[result.state],
    summary: result.summary,
    ...(failed ? { detail: advice[check] } : {}),
    evidence: result.evidence,
    actions: failed && !facts.verifying ? [{ action: 'verify', label: 'Verify again' }] : configure,
  };
}
