import type { ChecklistItem } from '../../domain/runbook/checklist.ts';
import type {
  ChecklistItemModel,
  FigureModel,
  PanelModel,
  PhaseModel,
  StepModel,
} from '../../shared/panel-model.ts';
import { type PanelFacts, panelFacts, type PanelInput } from './facts.ts';
import { headerModel } from './header.ts';
import { accessStep, issueStep, revisionStep } from './steps-before.ts';
import { rollbackStep } from './steps-rollback.ts';
import { verifySteps } from './steps-verify.ts';

const phases = [
  { id: 'prerequisites', title: 'Prerequisites' },
  { id: 'issue', title: 'Verify issue' },
  { id: 'revision', title: 'Choose revision' },
  { id: 'rollback', title: 'Roll back' },
  { id: 'verify', title: 'Verify' },
] as const;

/** Everything the panel shows but its log. */
export function panelView(input: PanelInput): PanelModel {
  const facts = panelFacts(input);
  const steps = opened([
    accessStep(facts),
    issueStep(facts),
    revisionStep(facts),
    rollbackStep(facts),
    ...verifySteps(facts),
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

/** Open at first: the step that runs; else the first failed one; else the one to do next. */
function opened(steps: readonly Omit<StepModel, 'open'>[]): readonly StepModel[] {
  const first =
    steps.find(({ state }) => state === 'running') ??
    steps.find(({ state }) => state === 'failed' || state === 'warning') ??
    steps.find(({ id, state }) => state === 'todo' && id !== 'revision' && id !== 'issue');
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

function itemModel({
  id,
  title,
  state,
  summary,
  evidence,
  sign,
  configure,
}: ChecklistItem): ChecklistItemModel {
  const common = { id, title, state, summary, evidence };
  if (configure) return { ...common, action: { action: 'configureEndpoints', label: 'Set the address' } };
  if (sign === undefined) return common;
  return {
    ...common,
    action: {
      action: 'sign',
      target: sign,
      label: state === 'ticked' ? 'Sign again' : 'Sign',
      title: `Say who saw that this holds: ${title}`,
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
