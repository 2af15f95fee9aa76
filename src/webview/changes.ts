import type {
  ChecklistItemModel,
  PanelModel,
  StepModel,
  StepState,
  TaskModel,
} from '../shared/panel-model.ts';

const STEP_WORDS: Readonly<Record<StepState, string>> = {
  todo: 'to come',
  running: 'running',
  ok: 'done',
  warning: 'done with a warning',
  failed: 'failed',
  skipped: 'skipped',
};
const ITEM_WORDS: Readonly<Record<ChecklistItemModel['state'], string>> = {
  ticked: 'holds',
  overridden: 'overridden',
  running: 'being checked',
  failed: 'does not hold',
  pending: 'not seen yet',
};
const TASK_WORDS: Readonly<Record<TaskModel['state'], string>> = {
  open: 'open',
  inProgress: 'in progress',
  done: 'done',
  notNeeded: 'not needed',
};

/** What a screen reader is told from one model to the next: the steps, items and tasks whose state changed, and what is being done. */
export function changeWords(before: PanelModel, after: PanelModel): readonly string[] {
  const doing = after.header.doing === before.header.doing ? [] : [`${after.header.doing}.`];
  const words = [
    ...changed(before.steps, after.steps).map(stepWords),
    ...changed(before.checklist.items, after.checklist.items).map(
      ({ title, state, lost, summary }) =>
        `${title}: ${lost === true ? summary : sentence(ITEM_WORDS[state], summary)}`,
    ),
    ...changed(tasksOf(before), tasksOf(after)).map(({ title, state }) => `${title}: ${TASK_WORDS[state]}`),
  ];
  return [...doing, ...words];
}

/** Those that were there before, with another state. */
function changed<Row extends { readonly id: string; readonly state: string }>(
  before: readonly Row[],
  after: readonly Row[],
): readonly Row[] {
  const states = new Map(before.map(({ id, state }) => [id, state]));
  return after.filter(({ id, state }) => states.has(id) && states.get(id) !== state);
}

function stepWords({ title, state, summary = '', detail = '' }: StepModel): string {
  const more = state === 'failed' || state === 'warning' ? detail : '';
  return `${title}: ${sentence(STEP_WORDS[state], summary)}${more === '' ? '' : `. ${more}`}`;
}

function sentence(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function tasksOf({ tasks }: PanelModel): readonly TaskModel[] {
  return tasks?.groups.flatMap((group) => group.tasks) ?? [];
}
