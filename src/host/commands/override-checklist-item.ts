import * as vscode from 'vscode';
import type { ChecklistItem } from '../../domain/runbook/checklist.ts';
import { checklistItems, type ItemId, itemIds } from '../../domain/runbook/checklist-items.ts';
import { isPast } from '../../domain/runbook/summary.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { Command } from './command.ts';
import { lookingAtTheChecklist } from './looking-at-the-checklist.ts';
import { pickFrom } from '../pick-from.ts';
import { runInHand } from './run-in-hand.ts';

/** Lets a person answer for an item that its evidence does not tick, with a note that stays in the run. */
export const overrideChecklistItem: Command = {
  id: 'overrideChecklistItem',
  doing: 'Override the checklist item',
  async run(surroundings, argument, further) {
    const title = 'Override Checklist Item';
    const runbook = await runInHand(surroundings, argument, title, (summary) => !isPast(summary));
    if (runbook === undefined) return;
    runbook.checklist.refuseWhenEnded();
    const item = itemIds.find((id) => id === further) ?? (await pickItem(runbook, title));
    if (item === undefined) return;
    const note = await vscode.window.showInputBox({
      title: `Override: ${checklistItems[item]}`,
      prompt:
        'Its evidence does not tick it. Why do you answer for it? Your name and the time are added, and the report says so. Enter overrides, Escape does not.',
      placeHolder: 'e.g. the alert is of another service, see the incident channel',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? 'A note is needed.' : undefined),
    });
    if (note !== undefined) await runbook.checklist.override(item, note.trim());
  },
};

/** Only what does not hold now needs somebody to answer for it. */
async function pickItem(runbook: Runbook, title: string): Promise<ItemId | undefined> {
  const items = await lookingAtTheChecklist(runbook);
  const open = items.filter(({ state }) => state !== 'ticked' && state !== 'overridden');
  if (open.length === 0) {
    void vscode.window.showInformationMessage(
      `${runbook.run.state.target.name}: every item holds, or somebody answers for it already.`,
    );
    return undefined;
  }
  return (await pickFrom(open.map(pickable), { title, placeHolder: 'Which item?' }))?.id;
}

function pickable({ id, title, state, summary }: ChecklistItem) {
  const words = state === 'failed' ? 'does not hold' : state === 'running' ? 'being checked' : 'not seen yet';
  return {
    label: title,
    description: [words, summary].filter((word) => word !== '').join(' · '),
    id,
  };
}
