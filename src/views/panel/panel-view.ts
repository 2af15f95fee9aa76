import type { ChecklistItem } from '../../domain/runbook/checklist.ts';
import { type PhaseId, phases, stepsOf } from '../../domain/runbook/steps.ts';
import type {
  ChecklistItemModel,
  FigureModel,
  PanelModel,
  PhaseModel,
  StepModel,
} from '../../shared/panel-model.ts';
import { type PanelFacts, panelFacts, type PanelInput } from './facts.ts';
import { checkStep } from './check-step.ts';
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

function figures({ records, condition, health, items }: PanelFacts): readonly FigureModel[] {
  const pods = records?.pods.filter(({ finished, terminating }) => !finished && !terminating) ?? [];
  const desired = records?.deployment.desired ?? 0;
  const unseen = records?.podsUnseen !== undefined;
  const ready = unseen ? records.deployment.ready : pods.filter((pod) => pod.ready).length;
  const restarts = pods.reduce((sum, pod) => sum + pod.restarts, 0);
  const failing = condition?.failingPods.length ?? 0;
  const logs = items.find(({ id }) => id === 'logs');
  return [
    {
      id: 'ready',
      title: 'Ready pods',
      value: records === undefined ? '–' : String(ready),
      note: `of ${desired}`,
      tone: ready >= desired && desired > 0 ? 'ok' : failing > 0 ? 'failed' : 'plain',
    },
    {
      id: 'failing',
      title: 'Failing pods',
      value: records === undefined || unseen ? '–' : String(failing),
      note: unseen ? 'pods cannot be seen' : (condition?.cause ?? ''),
      tone: failing > 0 ? 'failed' : 'plain',
    },
    {
      id: 'restarts',
      title: 'Restarts',
      value: records === undefined || unseen ? '–' : String(restarts),
      note: unseen ? 'pods cannot be seen' : 'in all',
      tone: restarts > 0 ? 'warning' : 'plain',
    },
    healthFigure(health),
    {
      id: 'logs',
      title: 'Error lines',
      value: logs?.state === 'ticked' ? 'none' : logs?.state === 'failed' ? 'found' : '–',
      note: logs?.summary ?? '',
      tone: logs?.state === 'failed' ? 'failed' : 'plain',
    },
  ];
}

function healthFigure(health: PanelFacts['health']): FigureModel {
  const common = { id: 'health', title: 'Health endpoint' };
  if (health === undefined) return { ...common, value: '–', note: 'not asked yet', tone: 'plain' };
  if (health.state === 'notConfigured')
    return { ...common, value: '–', note: 'not configured', tone: 'plain' };
  const [value = '', note = ''] = health.summary.split(' · ');
  return { ...common, value, note, tone: health.state === 'ok' ? 'ok' : 'failed' };
}

/** The step that moved last, for a screen reader. */
function announcement(steps: readonly StepModel[], words: string): string {
  const step = steps.find(({ open }) => open);
  if (step === undefined) return words;
  return `${step.title}: ${step.state === 'todo' ? 'next' : step.state}${step.detail === undefined ? '' : `. ${step.detail}`}`;
}
