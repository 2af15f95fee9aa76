import * as vscode from 'vscode';
import { longestNote } from '../../domain/rollout/rollback-note.ts';
import type { Consent } from '../../domain/runbook/consent.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { RollbackPreview } from '../../runs/prepare-rollback.ts';
import { rollbackWords } from '../../views/write-preview.ts';
import type { Surroundings } from './command.ts';
import { confirmWrite } from './confirm-write.ts';
import { pickFrom } from '../pick-from.ts';

/** A note that is to go with the rollback: it is prepared again with it. */
interface Noted {
  readonly note: string;
}

/**
 * Shows what would be written and asks once. Looking at the diff or copying the command asks again afterwards. Undefined
 * where the person does not want it.
 */
export async function confirmRollback(
  { templates }: Surroundings,
  target: RunTarget,
  preview: RollbackPreview,
  insisted: boolean,
): Promise<Consent | Noted | undefined> {
  const { from, to, note } = preview;
  const words = rollbackWords(target, preview, Date.now());
  const showDiff = async (): Promise<boolean> => {
    await templates.compare({ deployment: target, ...from }, { deployment: target, ...to });
    return goesOn(words.question);
  };
  let noted: Noted | undefined;
  const addNote = async (): Promise<boolean> => {
    const typed = await askNote(preview);
    if (typed !== undefined && typed !== note) noted = { note: typed };
    return noted === undefined;
  };
  const consent = await confirmWrite(
    target,
    preview,
    words,
    [
      { label: 'Show Diff', press: showDiff },
      { label: note === '' ? 'Add Note…' : 'Change Note…', press: addNote },
    ],
    insisted,
  );
  return consent ?? noted;
}

/**
 * The dialog would cover the diff: it comes back when the person has looked. A notification would be gone by then, so this
 * stays, wherever they click.
 */
async function goesOn(question: string): Promise<boolean> {
  const label = 'Continue…';
  const items = [{ label, description: 'back to the confirmation' }, { label: 'Cancel' }];
  const chosen = await pickFrom(items, {
    title: question,
    placeHolder: 'Look at the diff; nothing is written yet',
  });
  return chosen?.label === label;
}

async function askNote({ to, note }: RollbackPreview): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: `Note on Revision ${to.revision}`,
    prompt:
      'Why it is put back: kubectl rollout history shows it as the change cause. The preview comes back.',
    placeHolder: 'e.g. checkout fails since 2.4.0',
    value: note,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim().length > longestNote ? `At most ${longestNote} characters` : undefined,
  });
  return typed?.trim();
}
