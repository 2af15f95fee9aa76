import type { Advice, AdviceAction } from '../../domain/runbook/checks.ts';
import type { StepId } from '../../domain/runbook/steps.ts';
import type { ActionModel, AdviceModel } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';

const labels: Readonly<Record<AdviceAction, (target: string | undefined) => string>> = {
  describeDeployment: () => 'Describe the deployment',
  describePod: (pod) => (pod === undefined ? 'Describe a pod…' : `Describe ${pod}`),
  showEvents: () => 'Show events',
  showTopPods: () => 'Show top pods',
  showYaml: () => 'Show YAML',
  showLogs: (pod) => (pod === undefined ? 'Show logs' : `Show logs of ${pod}`),
  rollBackToRevision: (revision) =>
    revision === undefined ? 'Choose a revision…' : `Roll back to ${revision}…`,
  configureEndpoints: () => 'Set the addresses',
  configureSmokeTests: () => 'Set the smoke tests',
  openDashboard: () => 'Open the dashboard',
};

/** Advice as it is shown: each with the button that does it, but for what cannot be done from here. */
export function adviceModels(
  { readOnly, run }: Pick<PanelFacts, 'readOnly' | 'run'>,
  advice: readonly Advice[],
): readonly AdviceModel[] {
  return advice.map(({ words, action, target }) => {
    const writes = action === 'rollBackToRevision';
    if (action === undefined || (writes && (readOnly || run.end !== undefined))) return { words };
    return { words, action: adviceAction(action, target) };
  });
}

function adviceAction(action: AdviceAction, target: string | undefined): ActionModel {
  return { action, label: labels[action](target), ...(target === undefined ? {} : { target }) };
}

/** Where to look where a step fails and says nothing better itself. */
const usual: Readonly<Record<StepId, readonly Advice[]>> = {
  access: [{ words: 'Ask for the permissions that are missing, or sign in as somebody who has them.' }],
  returnable: [
    {
      words: 'See which revisions are still there; where none will do, deploy the wanted version again.',
      action: 'rollBackToRevision',
    },
  ],
  issue: [{ words: 'What people report may still be true: read the events first.', action: 'showEvents' }],
  events: [{ words: 'Read them as a page of its own, which goes on.', action: 'showEvents' }],
  endpoint: [
    { words: 'See whether the address is the right one.', action: 'configureEndpoints' },
    { words: 'Look at the log at the time of the request.', action: 'showLogs' },
  ],
  capture: [
    { words: 'Read the logs while the failing pods are there, and save what matters.', action: 'showLogs' },
  ],
  before: [{ words: 'Without it, compare with what you know of a usual day.', action: 'showTopPods' }],
  podsReady: [
    { words: 'See what the pods wait for, and why.', action: 'describeDeployment' },
    { words: 'Read their logs; if this revision fails too, go further back.', action: 'showLogs' },
  ],
  complete: [
    { words: 'See what the rollout waits for.', action: 'describeDeployment' },
    { words: 'See who else changes this deployment.', action: 'showEvents' },
  ],
  health: [
    { words: 'The pods may be ready before the service answers: wait some seconds and try again.' },
    { words: 'Look at the log at the time of the request.', action: 'showLogs' },
  ],
  critical: [{ words: 'Look at the log at the time of the failed request.', action: 'showLogs' }],
  logs: [
    {
      words: 'Read the error lines; if they were there before the failure too, they may not matter.',
      action: 'showLogs',
    },
  ],
  smoke: [{ words: 'Read what the tests printed, and the log at that time.', action: 'showLogs' }],
  metrics: [{ words: 'See which pods use more than they did.', action: 'showTopPods' }],
  errorRate: [{ words: 'Read the error lines since the rollback.', action: 'showLogs' }],
  watch: [
    { words: 'See what has happened meanwhile, and by whom.', action: 'showEvents' },
    { words: 'Where it fails again, go further back.', action: 'rollBackToRevision' },
  ],
};

export function usualAdvice(step: StepId): readonly Advice[] {
  return usual[step];
}
