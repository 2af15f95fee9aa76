import { type PhaseId, stepsOf } from '../../domain/runbook/steps.ts';
import type { PanelModel, StepModel } from '../../shared/panel-model.ts';
import { panelFacts, type PanelFacts, type PanelInput } from './facts.ts';
import { checkStep } from './check-step.ts';
import { checklistItemModels } from './checklist-models.ts';
import { figures } from './figures.ts';
import { headerModel } from './header.ts';
import { operationSteps } from './step-operation.ts';
import { revisionStep } from './step-revision.ts';
import { rollbackStep } from './step-rollback.ts';
import { phaseModels } from './phases.ts';
import { reminderModel, tasksModel } from './tasks.ts';

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

/** Where the run is, for a screen reader. */
function announcement(steps: readonly StepModel[], words: string): string {
  const step = steps.find(({ open }) => open);
  if (step === undefined) return words;
  return `${step.title}: ${step.state === 'todo' ? 'next' : step.state}${step.detail === undefined ? '' : `. ${step.detail}`}`;
}
