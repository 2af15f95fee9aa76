import * as vscode from 'vscode';
import { isUnderway } from '../../domain/runbook/summary.ts';
import { runRow, type ShownRun } from '../../views/runs/run-row.ts';
import type { Command } from './command.ts';
import { pickRun } from './pick-run.ts';

/** Moves a run that is not under way to the trash, with all that was kept with it. */
export const deleteRun: Command = {
  id: 'deleteRun',
  doing: 'Delete a run',
  async run({ runs, runFolder, runbooks, recorded }, argument) {
    const run = await pickRun(runs, argument, 'Delete Run', isDeletable);
    if (run === undefined) return;
    const { id, target } = run.summary;
    if (!isDeletable(run))
      throw new Error(
        `The run of ${target.name} is under way. Close it or sign it off before it is deleted.`,
      );
    const { label, description } = runRow(run, Date.now());
    const answer = await vscode.window.showWarningMessage(
      `Delete the run of ${label} (${description})?`,
      {
        modal: true,
        detail:
          'Its journal and the logs that were kept with it go to the trash. Nothing changes in the cluster.',
      },
      'Move to Trash',
    );
    if (answer === undefined) return;
    recorded.close(target);
    if (runbooks.has(target)) await runbooks.letGo(target);
    await toTrash(vscode.Uri.file(runFolder.journalPath(id)));
    await toTrash(vscode.Uri.file(runFolder.attachments(id)));
    runs.tellSoon();
  },
};

function isDeletable({ summary, damagedFrom, elsewhere }: ShownRun): boolean {
  return !elsewhere && (damagedFrom !== undefined || !isUnderway(summary));
}

/** A machine without a trash, such as a server, keeps nothing: the person has confirmed that it goes. */
async function toTrash(uri: vscode.Uri): Promise<void> {
  const options = { recursive: true, useTrash: true };
  try {
    await vscode.workspace.fs.delete(uri, options);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return;
    await vscode.workspace.fs.delete(uri, { ...options, useTrash: false });
  }
}
