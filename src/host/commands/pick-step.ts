import { checkSteps, phases, type StepId, stepIds } from '../../domain/runbook/steps.ts';
import { pickFrom } from '../pick-from.ts';

/** The step that `named` names, else one that the person chooses; undefined where they choose none. */
export async function pickStep(named: unknown, title: string): Promise<StepId | undefined> {
  const step = stepIds.find((id) => id === named);
  if (step !== undefined) return step;
  const items = stepIds.map((id) => ({
    label: checkSteps[id].title,
    description: phases.find((phase) => phase.id === checkSteps[id].phase)?.title ?? '',
    detail: checkSteps[id].does,
    id,
  }));
  return (await pickFrom(items, { title, placeHolder: 'Which step?' }))?.id;
}
