import type { StepId } from '../../domain/runbook/steps.ts';
import type { PanelFacts } from './facts.ts';
import { curlLine, kubectlLine } from './shell-lines.ts';

type Commands = (facts: PanelFacts) => readonly string[];

/** What one would type instead, for each step that looks. */
const commands: Readonly<Record<StepId, Commands>> = {
  access: ({ place }) => [kubectlLine(place, 'auth can-i patch deployments')],
  returnable: ({ run, place }) => [kubectlLine(place, `rollout history deployment/${run.target.name}`)],
  issue: ({ run, place }) => [
    kubectlLine(place, `rollout status deployment/${run.target.name}`),
    kubectlLine(place, 'get pods'),
    kubectlLine(place, `get deployment ${run.target.name} -o yaml`),
  ],
  events: ({ place }) => [kubectlLine(place, "get events --sort-by='.lastTimestamp'")],
  endpoint: healthLines,
  capture: ({ run, place }) => [
    kubectlLine(place, `logs deployment/${run.target.name} --all-pods --tail=5000`),
    kubectlLine(place, `logs deployment/${run.target.name} --all-pods --previous --tail=5000`),
  ],
  before: () => [],
  podsReady: ({ run, place, readyWithinSeconds }) => [
    kubectlLine(
      place,
      `wait --for=condition=ready pod -l app=${run.target.name} --timeout=${readyWithinSeconds}s`,
    ),
  ],
  complete: ({ run, place }) => [kubectlLine(place, `get deployment ${run.target.name}`)],
  health: healthLines,
  critical: ({ endpoints }) => endpoints.critical.map(curlLine),
  logs: ({ run, place }) => [
    kubectlLine(
      place,
      `logs deployment/${run.target.name} --since-time=${run.rollback?.outcomeAt ?? '<when it was rolled back>'}`,
    ),
  ],
  smoke: () => [],
  metrics: ({ place }) => [kubectlLine(place, 'top pods')],
  errorRate: () => [],
  watch: ({ place }) => [kubectlLine(place, 'get pods --watch')],
};

export function stepCommands(facts: PanelFacts, step: StepId): readonly string[] {
  return commands[step](facts);
}

function healthLines({ endpoints }: PanelFacts): readonly string[] {
  return endpoints.health === undefined ? [] : [curlLine(endpoints.health)];
}
