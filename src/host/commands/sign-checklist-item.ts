import * as vscode from 'vscode';
import { checklistItems, signableItems, type SignableItem } from '../../domain/runbook/checklist-items.ts';
import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickFrom } from '../pick-from.ts';
import { targetOf } from './target.ts';

/** Takes a person's word, with a note, for what nothing else can tell as yet. */
export const signChecklistItem: Command = {
  id: 'signChecklistItem',
  doing: 'Sign the checklist item',
  async run({ connections, runbooks }, argument, further) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Sign Checklist Item'));
    if (target === undefined) return;
    const item = signableItems.find((one) => one === further) ?? (await pickItem());
    if (item === undefined) return;
    const note = await vscode.window.showInputBox({
      title: `${checklistItems[item]}: ${target.name}`,
      prompt: 'What did you see, and where? Your name and the time are added. Enter signs, Escape does not.',
      placeHolder: 'e.g. logged in and played a track on app.example.com',
      ignoreFocusOut: true,
    });
    if (note !== undefined) await (await runbooks.of(target)).checklist.sign(item, note.trim());
  },
};

async function pickItem(): Promise<SignableItem | undefined> {
  const items = signableItems.map((item) => ({ label: checklistItems[item], item }));
  return (
    await pickFrom(items, {
      title: 'Sign Checklist Item',
      placeHolder: 'What have you seen to hold?',
    })
  )?.item;
}
