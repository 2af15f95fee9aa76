import * as vscode from 'vscode';
import { checklistItems, type ItemId, itemIds } from '../../domain/runbook/checklist-items.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import { isPast } from '../../domain/runbook/summary.ts';
import type { Command } from './command.ts';
import { pickFrom } from '../pick-from.ts';
import { runInHand } from './run-in-hand.ts';

/** Takes back that somebody answers for an item: what is seen of it counts again. */
export const withdrawOverride: Command = {
  id: 'withdrawOverride',
  doing: 'Withdraw the override',
  async run(surroundings, argument, further) {
    const title = 'Withdraw Override';
    const runbook = await runInHand(surroundings, argument, title, (summary) => !isPast(summary));
    if (runbook === undefined) return;
    const item = itemIds.find((id) => id === further) ?? (await pickOverridden(runbook.run.state, title));
    if (item !== undefined) await runbook.checklist.withdrawOverride(item);
  },
};

async function pickOverridden({ overrides, target }: RunState, title: string): Promise<ItemId | undefined> {
  const items = itemIds.flatMap((id) => {
    const { by, note } = overrides[id] ?? {};
    return by === undefined ? [] : [{ label: checklistItems[id], description: `${by}: ${note}`, id }];
  });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(`${target.name}: no item of the checklist is overridden.`);
    return undefined;
  }
  return (await pickFrom(items, { title, placeHolder: 'Which item?' }))?.id;
}
