import { type PhaseId, phases, stepsOf } from '../../domain/runbook/steps.ts';
import type { PanelModel, StepModel } from '../../shared/panel-model.ts';
import { panelFacts, type PanelFacts, type PanelInput } from './facts.ts';
import { checkStep } from './check-step.ts';
import { checklistItemModels } from './checklist-models.ts';
import { figures } from './figures.ts';
import { headerModel } from './header.ts';
import { operationSteps } from './step-operation.ts';
import { revisionStep } from './step-revision.ts';
import { rollbackStep } from './step-rollback.ts';
import { phaseModels, reached } from './phases.ts';
import { reminderModel, tasksModel } from './tasks.ts';

/** Everything the panel shows but its log. */
export function panelView(input: PanelInput): PanelModel {
  const facts = panelFacts(input);
  const steps = opened(facts, [
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

/**
 * Open at first: the step that runs; else the first failed one, else the one to decide next, else the first with a warning; but
 * none from before the phase that people have decided to be in.
 */
function opened({ run }: PanelFacts, steps: readonly Omit<StepModel, 'open'>[]): readonly StepModel[] {
  const order = phases.map(({ id }): string => id);
  const from = order.indexOf(reached(run));
  const ahead = steps.filter(({ phase }) => order.indexOf(phase) >= from);
  const first =
    steps.find(({ state }) => state === 'running') ??
    ahead.find(({ state }) => state === 'failed') ??
    ahead.find(({ phase, state }) => state === 'todo' && phase === 'revision') ??
    ahead.find(({ state }) => state === 'warning');
  return steps.map((step) => ({ ...step, open: step === first }));
}

/** Where the run is, for a screen reader. */
function announcement(steps: readonly StepModel[], words: string): string {
  const step = steps.find(({ open }) => open);
  if (step === undefined) return words;
  return `${step.title}: ${step.state === 'todo' ? 'next' : step.state}${step.detail === undefined ? '' : `. ${step.detail}`}`;
}
