import type { RunState } from '../../domain/runbook/state.ts';
import { type PhaseId, phases } from '../../domain/runbook/steps.ts';
import { taskIds } from '../../domain/runbook/tasks.ts';
import type { PhaseModel, StepModel, StepState } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';
import { isSettled } from './tasks.ts';

/** The eight phases: what is done, where the run is now, what is to come. */
export function phaseModels({ run }: PanelFacts, steps: readonly StepModel[]): readonly PhaseModel[] {
  const cleanUp = taskIds.map((id): StepState => (isSettled(run.tasks[id]) ? 'ok' : 'todo'));
  const states = phases.map(({ id }) =>
    id === 'cleanUp' ? cleanUp : steps.filter(({ phase }) => phase === id).map(({ state }) => state),
  );
  const first = phases.findIndex(({ id }) => id === reached(run));
  const now = states.findIndex((of, index) => index >= first && !isDone(of));
  return phases.map((phase, index) => {
    const of = states[index] ?? [];
    const state = isDone(of) ? 'done' : of.includes('failed') ? 'failed' : index === now ? 'now' : 'todo';
    return { ...phase, state };
  });
}

/** The phase that people have decided to be in: what was left open before it is not where the run is. */
export function reached({ end, rollback }: RunState): PhaseId {
  if (end !== undefined) return 'cleanUp';
  if (rollback === undefined || rollback.outcome?.kind === 'notApplied') return 'prerequisites';
  return rollback.end?.kind === 'complete' ? 'verify' : 'rollback';
}

/** What was seen with a warning was seen; a person has judged it by going on. */
function isDone(of: readonly StepState[]): boolean {
  return of.every((state) => state === 'ok' || state === 'skipped' || state === 'warning');
}
