import { type PhaseId, phases, stepsOf } from '../../domain/runbook/steps.ts';
import type { PanelModel, PhaseModel, StepModel } from '../../shared/panel-model.ts';
import { panelFacts, type PanelFacts, type PanelInput } from './facts.ts';
import { checkStep } from './check-step.ts';
import { checklistItemModels } from './checklist-models.ts';
import { figures } from './figures.ts';
import { headerModel } from './header.ts';
import { operationSteps } from './step-operation.ts';
import { revisionStep } from './step-revision.ts';
import { rollbackStep } from './step-rollback.ts';
import { isSettled, reminderModel, tasksModel } from './tasks.ts';
import { taskIds } from '../../domain/runbook/tasks.ts';

/** Everything the panel shows but its log. */
export function panelView(input: PanelInput): PanelModel {
  const facts = panelFacts(input);
  const steps = opened([
    ...checkSteps(facts, 'prerequisites', 'issue'),
    revisionStep(facts),
    rollbackStep(facts),
    ...operationSteps(facts),
    ...checkSteps(facts, 'verify', 'functionality', 'watch'),
  ]);
  const header = headerModel(facts);
  const tasks = tasksModel(facts);
  const reminder = reminderModel(facts);
  return {
    header,
    phases: phaseModels(facts, steps),
    steps,
    checklist: {
      ticked: facts.items.filter(({ state }) => state === 'ticked').length,
      items: checklistItemModels(facts),
    },
    ...(tasks === undefined ? {} : { tasks }),
    ...(reminder === undefined ? {} : { reminder }),
    figures: figures(facts),
    announcement: announcement(steps, header.words),
  };
}

function checkSteps(facts: PanelFacts, ...of: readonly PhaseId[]): readonly Omit<StepModel, 'open'>[] {
  return stepsOf(...of).map((step) => checkStep(facts, step));
}

/** Open at first: the step that runs; else the first failed one; else the one to do next. */
function opened(steps: readonly Omit<StepModel, 'open'>[]): readonly StepModel[] {
  const first =
    steps.find(({ state }) => state === 'running') ??
    steps.find(({ state }) => state === 'failed' || state === 'warning') ??
    steps.find(({ phase, state }) => state === 'todo' && phase === 'rollback');
  return steps.map((step) => ({ ...step, open: step === first }));
}

function phaseModels({ run }: PanelFacts, steps: readonly StepModel[]): readonly PhaseModel[] {
  const cleanUp = taskIds.map((id) => (isSettled(run.tasks[id]) ? 'ok' : 'todo'));
  const states = phases.map(({ id }) =>
    id === 'cleanUp' ? cleanUp : steps.filter(({ phase }) => phase === id).map(({ state }) => state),
  );
  const isDone = (of: readonly string[]) => of.every((state) => state === 'ok' || state === 'skipped');
  const now = states.findIndex((of) => !isDone(of));
  return phases.map((phase, index) => {
    const of = states[index] ?? [];
    const state = isDone(of) ? 'done' : of.includes('failed') ? 'failed' : index === now ? 'now' : 'todo';
    return { ...phase, state };
  });
}

/** Where the run is, for a screen reader. */
function announcement(steps: readonly StepModel[], words: string): string {
  const step = steps.find(({ open }) => open);
  if (step === undefined) return words;
  return `${step.title}: ${step.state === 'todo' ? 'next' : step.state}${step.detail === undefined ? '' : `. ${step.detail}`}`;
}
