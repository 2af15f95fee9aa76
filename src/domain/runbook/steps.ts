/** The phases of a run, in their order; a title is short enough for one line of eight. */
export const phases = [
  { id: 'prerequisites', title: 'Prerequisites' },
  { id: 'issue', title: 'Verify issue' },
  { id: 'revision', title: 'Choose revision' },
  { id: 'rollback', title: 'Roll back' },
  { id: 'verify', title: 'Verify' },
  { id: 'functionality', title: 'Functional' },
  { id: 'watch', title: 'Watch' },
  { id: 'cleanUp', title: 'Clean up' },
] as const;
export type PhaseId = (typeof phases)[number]['id'];

/** A step that looks and never writes, so that it may run on its own and be run again. */
export interface CheckStep {
  readonly phase: PhaseId;
  readonly title: string;
  /** What it does, in a sentence. */
  readonly does: string;
}

/** All steps that look, in the order in which they are shown. Each has a handler in `runs/steps/`. */
export const checkSteps = {
  access: {
    phase: 'prerequisites',
    title: 'Cluster and permissions',
    does: 'Asks the API server who we are and whether every later step is allowed.',
  },
  returnable: {
    phase: 'prerequisites',
    title: 'Previous version available',
    does: 'Looks for an older revision that differs from the current one, and for all that its pods need.',
  },
  issue: {
    phase: 'issue',
    title: 'Issue confirmed',
    does: 'Says what is wrong with the deployment, and since when.',
  },
  events: {
    phase: 'issue',
    title: 'Recent events',
    does: 'Reads the events of the deployment, its ReplicaSets and its pods, oldest first.',
  },
  endpoint: {
    phase: 'issue',
    title: 'Health endpoint asked',
    does: 'Asks the health address before anything is changed, and how long it takes.',
  },
  capture: {
    phase: 'issue',
    title: 'Failing state captured',
    does: 'Keeps the logs, restarts and usage of the failing pods, which are gone after the rollback.',
  },
  before: {
    phase: 'issue',
    title: 'State before the failure',
    does: 'Finds what was recorded while the deployment was healthy, to compare with later.',
  },
  podsReady: {
    phase: 'verify',
    title: 'Pods ready',
    does: 'Waits until every pod of the wanted revision is Ready and no other is left.',
  },
  complete: {
    phase: 'verify',
    title: 'Deployment complete on this revision',
    does: 'Reads whether the deployment is complete, and on the revision that was put back.',
  },
  health: { phase: 'verify', title: 'Health endpoint answers', does: 'Asks the health address.' },
  critical: { phase: 'verify', title: 'Critical endpoints answer', does: 'Asks each critical address.' },
  logs: {
    phase: 'verify',
    title: 'Logs free of errors',
    does: 'Reads the logs since the rollback and looks for lines of level error or worse.',
  },
  smoke: {
    phase: 'functionality',
    title: 'Smoke tests',
    does: 'Runs the task or the command that the settings name, and keeps its output and exit code.',
  },
  metrics: {
    phase: 'functionality',
    title: 'Metrics normalized',
    does: 'Compares restarts, usage and latency since the rollback with before the failure.',
  },
  errorRate: {
    phase: 'functionality',
    title: 'Error rate',
    does: 'Counts error lines per minute since the rollback, beside those while it failed.',
  },
  watch: {
    phase: 'watch',
    title: 'Watch',
    does: 'Keeps looking for restarts, errors that return, and changes of the template by someone else.',
  },
} as const satisfies Readonly<Record<string, CheckStep>>;

export type StepId = keyof typeof checkSteps;
export const stepIds = Object.keys(checkSteps) as readonly StepId[];

/** The steps of a phase, in their order. */
export function stepsOf(...of: readonly PhaseId[]): readonly StepId[] {
  return stepIds.filter((id) => of.includes(checkSteps[id].phase));
}
