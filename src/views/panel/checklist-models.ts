import type { ChecklistItem } from '../../domain/runbook/checklist.ts';
import type { ActionModel, ChecklistItemModel } from '../../shared/panel-model.ts';
import { clockTime } from '../clock-time.ts';
import type { PanelFacts } from './facts.ts';

/** The nine items: what holds and why, what a person can say of it. */
export function checklistItemModels(facts: PanelFacts): readonly ChecklistItemModel[] {
  return facts.items.map((item) => itemModel(facts, item));
}

function itemModel(facts: PanelFacts, item: ChecklistItem): ChecklistItemModel {
  const { id, title, state, summary, evidence, lostAt } = item;
  const model = { id, title, state, actions: facts.run.end === undefined ? actionsOf(item) : [] };
  if (lostAt === undefined || state === 'overridden') return { ...model, summary, evidence };
  const since = clockTime(Date.parse(lostAt), Date.parse(facts.now));
  return {
    ...model,
    lost: true,
    summary: `no longer holds since ${since}${summary === '' ? '' : ` · ${summary}`}`,
    evidence: [{ text: 'It was ticked until then', tone: 'warning', at: lostAt }, ...evidence],
  };
}

function actionsOf({ id, title, state, signable, configure }: ChecklistItem): readonly ActionModel[] {
  const sign: ActionModel = {
    action: 'sign',
    target: id,
    label: state === 'ticked' ? 'Sign again' : 'Sign…',
    title: `Say who saw that this holds: ${title}`,
  };
  const override: ActionModel =
    state === 'overridden'
      ? { action: 'withdrawOverride', target: id, label: 'Withdraw the override' }
      : {
          action: 'overrideItem',
          target: id,
          label: 'Override…',
          title: `Answer for it yourself, with a note, though its evidence does not tick it: ${title}`,
        };
  return [
    ...(configure ? [{ action: 'configureEndpoints', label: 'Set the address' } as const] : []),
    ...(signable && state !== 'overridden' ? [sign] : []),
    ...(state === 'ticked' ? [] : [override]),
  ];
}
