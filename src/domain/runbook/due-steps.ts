import { type RunState } from './state.ts';
import { checkSteps, type StepId, stepsOf } from './steps.ts';

/**
 * The steps that are to be begun now, without a person's word: those before the decision as soon as the run is open, those
 * after it once the rollback is complete. A step that was begun once, or skipped, begins again only by a person.
 */
export function dueSteps(run: RunState): readonly StepId[] {
  const { rollback, end, handedOver } = run;
  if (end !== undefined || handedOver !== undefined) return [];
  if (rollback === undefined || rollback.outcome?.kind === 'notApplied')
    return stepsOf('prerequisites', 'issue').filter((step) => run.steps[step] === undefined);
  if (rollback.end?.kind !== 'complete') return [];
  return stepsOf('verify', 'functionality', 'watch').filter(
    (step) => run.steps[step] === undefined && follows(run, step),
  );
}

/** The pods come first; what people use is looked at once they were waited for. */
function follows(run: RunState, step: StepId): boolean {
  if (step === 'podsReady') return true;
  const settled = (id: StepId) => run.steps[id] !== undefined && run.steps[id].state !== 'running';
  if (checkSteps[step].phase === 'verify') return settled('podsReady');
  return stepsOf('verify').every(settled);
}
