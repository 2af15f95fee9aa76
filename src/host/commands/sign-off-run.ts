import * as vscode from 'vscode';
import { missingItems } from '../../domain/runbook/checklist.ts';
import { isPast } from '../../domain/runbook/summary.ts';
import { SignOffRefused } from '../../runs/run-checklist.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { Command, Surroundings } from './command.ts';
import { lookingAtTheChecklist } from './looking-at-the-checklist.ts';
import { runInHand } from './run-in-hand.ts';

/** Ends a run with a person's word, once all nine items hold or are answered for; else says which are missing. */
export const signOffRun: Command = {
  id: 'signOffRun',
  doing: 'Sign off the run',
  async run(surroundings, argument) {
    const runbook = await runInHand(surroundings, argument, 'Sign Off Run', (summary) => !isPast(summary));
    if (runbook === undefined) return;
    runbook.checklist.refuseWhenEnded();
    const { target } = runbook.run.state;
    const missing = missingItems(await lookingAtTheChecklist(runbook));
    if (missing.length > 0) {
      const names = missing.map(({ title, summary }) => (summary === '' ? title : `${title} (${summary})`));
      return tellMissing(surroundings, runbook, `Still missing: ${names.join(', ')}.`);
    }
    const note = await vscode.window.showInputBox({
      title: `Sign off the run of ${target.name}`,
      prompt:
        'All nine items hold, or somebody answers for them. Your name, the time and this note end the run; its clean-up stays open for a day. Enter signs off, Escape does not.',
      placeHolder: 'e.g. watched for 20 minutes; the post-mortem is on Thursday',
      ignoreFocusOut: true,
    });
    if (note === undefined) return;
    try {
      await runbook.signOff(note.trim());
    } catch (error) {
      if (!(error instanceof SignOffRefused)) throw error;
      // It held when the note was asked for, and does not any more.
      return tellMissing(surroundings, runbook, error.message);
    }
    surroundings.runs.tellSoon();
    void vscode.window.showInformationMessage(
      `The run of ${target.name} is signed off. Its report can be exported, and its clean-up gone on with for a day.`,
    );
  },
};

async function tellMissing({ panels }: Surroundings, runbook: Runbook, words: string): Promise<void> {
  const { target } = runbook.run.state;
  const open = 'Open Runbook';
  const choice = await vscode.window.showWarningMessage(
    `The run of ${target.name} cannot be signed off yet. ${words} What a person must judge can be signed or overridden in the checklist.`,
    open,
  );
  if (choice === open) (await panels.open(target)).focus('steps');
}
