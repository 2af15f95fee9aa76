import * as vscode from 'vscode';
import type { Consent } from '../../domain/runbook/consent.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { RollbackPreview } from '../../runs/prepare-rollback.ts';
import { rollbackWords } from '../../views/write-preview.ts';
import type { Surroundings } from './command.ts';
import { confirmWrite } from './confirm-write.ts';

/** Shows what would be written and asks once. Looking at the diff or copying the command asks again afterwards. */
export async function confirmRollback(
  { templates }: Surroundings,
  target: RunTarget,
  preview: RollbackPreview,
): Promise<Consent | undefined> {
  const { from, to } = preview;
  const words = rollbackWords(target, preview);
  const showDiff = async (): Promise<boolean> => {
    await templates.compare({ deployment: target, ...from }, { deployment: target, ...to });
    // The dialog would cover the diff: it comes back when the person has looked.
    const again = await vscode.window.showInformationMessage(words.question, 'Continue…', 'Cancel');
    return again === 'Continue…';
  };
  return confirmWrite(target, preview, words, [{ label: 'Show Diff', press: showDiff }]);
}
