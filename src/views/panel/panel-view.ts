import type { ChecklistItem } from '../../domain/runbook/checklist.ts';
import { type PhaseId, phases, stepsOf } from '../../domain/runbook/steps.ts';
import type { ChecklistItemModel, PanelModel, PhaseModel, StepModel } from '../../shared/panel-model.ts';
import { panelFacts, type PanelFacts, type PanelInput } from './facts.ts';
import { checkStep } from './check-step.ts';
import { figures } from './figures.ts';
import { headerModel } from './header.ts';
import { operationSteps } from './step-operation.ts';
import { revisionStep } from './step-revision.ts';
import { rollbackStep } from './step-rollback.ts';

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
  return {
    header,
    phases: phaseModels(steps),
    steps,
    checklist: {
      ticked: facts.items.filter(({ state }) => state === 'ticked').length,
      items: facts.items.map(itemModel),
    },
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

function phaseModels(steps: readonly StepModel[]): readonly PhaseModel[] {
  const states = phases.map(({ id }) => steps.filter(({ phase }) => phase === id).map(({ state }) => state));
  const isDone = (of: readonly string[]) => of.every((state) => state === 'ok' || state === 'skipped');
  const now = states.findIndex((of) => !isDone(of));
  return phases.map((phase, index) => {
    const of = states[index] ?? [];
    const state = isDone(of) ? 'done' : of.includes('failed') ? 'failed' : index === now ? 'now' : 'todo';
    return { ...phase, state };
  });
}

function itemModel({ configure, signable, ...item }: ChecklistItem): ChecklistItemModel {
  if (configure) return { ...item, action: { action: 'configureEndpoints', label: 'Set the address' } };
  if (!signable) return item;
  return {
    ...item,
    action: {
      action: 'sign',
      target: item.id,
      label: item.state === 'ticked' ? 'Sign again' : 'Sign',
      title: `Say who saw that this holds: ${item.title}`,
    },
  };
}

/** The step that moved last, for a screen reader. */
function announcement(steps: readonly StepModel[], words: string): string {
  const step = steps.find(({ open }) => open);
  if (step === undefined) return words;
  return `${step.title}: ${step.state === 'todo' ? 'next' : step.state}${step.detail === undefined ? '' : `. ${step.detail}`}`;
}
