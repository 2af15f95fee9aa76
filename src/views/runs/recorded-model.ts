import type { RunState } from '../../domain/runbook/state.ts';
import type { ChecklistItemModel, PanelModel, TasksModel } from '../../shared/panel-model.ts';

/**
 * A run as its journal has it: the panel's model with nothing in it that a person could set going, and the checklist as it was
 * when it changed last. `words` say why; `endedAt` (RFC 3339) is when the last thing happened in a run that is over, at which
 * its clocks stop.
 */
export function recordedModel(
  model: PanelModel,
  run: RunState,
  words: string,
  endedAt: string | undefined,
): PanelModel {
  const { primary: _primary, stale: _stale, elapsed, ...header } = model.header;
  const items = model.checklist.items.map((item) => recordedItem(item, run));
  return {
    ...model,
    header: {
      ...header,
      words,
      readOnly: true,
      secondary: [],
      ...(elapsed === undefined ? {} : { elapsed: stopped(elapsed, endedAt) }),
    },
    steps: model.steps.map((step) => ({
      ...step,
      actions: [],
      advice: step.advice.map(({ words: said }) => ({ words: said })),
    })),
    checklist: { ...model.checklist, ticked: items.filter(({ state }) => isGood(state)).length, items },
    ...(model.tasks === undefined ? {} : { tasks: recordedTasks(model.tasks) }),
    ...(model.reminder === undefined ? {} : { reminder: { ...model.reminder, actions: [] } }),
    figures: [],
  };
}

function recordedTasks({ groups, ...tasks }: TasksModel): TasksModel {
  return {
    ...tasks,
    groups: groups.map((group) => ({
      ...group,
      tasks: group.tasks.map((task) => ({ ...task, actions: [] })),
    })),
  };
}

/** What is seen of the cluster now is no part of the record. */
function recordedItem(live: ChecklistItemModel, { items, overrides }: RunState): ChecklistItemModel {
  const item = { ...live, actions: [] };
  const of = <Value>(all: Readonly<Record<string, Value>>): Value | undefined => all[item.id];
  const override = of(overrides);
  if (item.state === 'overridden' && override !== undefined) {
    const text = `Overridden by ${override.by}: ${override.note}`;
    return { ...item, evidence: [{ text, tone: 'warning', at: override.at }] };
  }
  const recorded = of(items);
  // Pods are seen in the cluster alone.
  if (recorded === undefined && item.id === 'pods')
    return { ...item, state: 'pending', summary: 'not recorded', evidence: [] };
  if (recorded === undefined || recorded.state === item.state) return item;
  return { ...item, state: recorded.state, summary: recorded.summary, evidence: [] };
}

function isGood(state: ChecklistItemModel['state']): boolean {
  return state === 'ticked' || state === 'overridden';
}

function stopped(
  elapsed: NonNullable<PanelModel['header']['elapsed']>,
  endedAt: string | undefined,
): NonNullable<PanelModel['header']['elapsed']> {
  return endedAt === undefined ? elapsed : { ...elapsed, until: elapsed.until ?? endedAt };
}
