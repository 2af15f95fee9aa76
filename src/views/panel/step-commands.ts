import { shellWord } from '../../domain/shell-word.ts';
import type { StepId } from '../../domain/runbook/steps.ts';
import type { PanelFacts } from './facts.ts';
import { curlLine, kubectlLine } from './shell-lines.ts';

type Commands = (facts: PanelFacts) => readonly string[];

/** What one would type instead, for each step that looks. */
const commands: Readonly<Record<StepId, Commands>> = {
  access: ({ place }) => [kubectlLine(place, 'auth can-i --list')],
  returnable: ({ run, place }) => {
    const history = `rollout history deployment/${run.target.name}`;
    const recommended = run.steps.returnable?.result?.recommended;
    return [
      kubectlLine(place, history),
      ...(recommended === undefined
        ? []
        : [kubectlLine(place, `${history} --revision=${recommended.revision.revision}`)]),
      kubectlLine(place, 'describe quota'),
    ];
  },
  issue: ({ run, records, place }) => [
    kubectlLine(place, `rollout status deployment/${run.target.name}`),
    kubectlLine(place, `get pods ${ownPods({ run, records })}`),
    kubectlLine(place, `get deployment ${run.target.name} -o yaml`),
  ],
  events: ({ place }) => [kubectlLine(place, "get events --sort-by='.lastTimestamp'")],
  endpoint: healthLines,
  capture: ({ run, records, place }) => [
    kubectlLine(place, `top pods ${ownPods({ run, records })}`),
    kubectlLine(place, `logs deployment/${run.target.name} --all-pods --tail=5000`),
    kubectlLine(place, `logs deployment/${run.target.name} --all-pods --previous --tail=5000`),
  ],
  before: () => [],
  podsReady: (facts) => [
    kubectlLine(
      facts.place,
      `wait --for=condition=ready pod ${ownPods(facts)} --timeout=${facts.readyWithinSeconds}s`,
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
  // A task is the workspace's own: only VS Code can run it.
  smoke: ({ smokeTest }) => (smokeTest?.kind === 'command' ? [smokeTest.command] : []),
  metrics: ({ run, records, place }) => [kubectlLine(place, `top pods ${ownPods({ run, records })}`)],
  errorRate: ({ run, place }) => [
    kubectlLine(
      place,
      `logs deployment/${run.target.name} --all-pods --since-time=${run.rollback?.endAt ?? '<when it was complete>'}`,
    ),
  ],
  watch: ({ run, records, place }) => [kubectlLine(place, `get pods ${ownPods({ run, records })} --watch`)],
};

export function stepCommands(facts: PanelFacts, step: StepId): readonly string[] {
  return commands[step](facts);
}

/** The pods of the deployment, by its own selector where it is seen. */
function ownPods({ run, records }: Pick<PanelFacts, 'run' | 'records'>): string {
  return `-l ${shellWord(records?.deployment.selector ?? `app=${run.target.name}`)}`;
}

function healthLines({ endpoints }: PanelFacts): readonly string[] {
  return endpoints.health === undefined ? [] : [curlLine(endpoints.health)];
}
