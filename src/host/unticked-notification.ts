import * as vscode from 'vscode';
import type { Runbook } from '../runs/runbook.ts';
import { withoutLinks } from './error-parts.ts';

/** Tells once of each rollback that something of its checklist does not hold any more. */
export function tellOfUnticked(runbook: Runbook): void {
  let told = '';
  runbook.onDidUntick(({ title, summary }) => {
    const { target, rollback } = runbook.run.state;
    // What else goes wrong stands in the runbook: a person who was told once looks there.
    if (told === rollback?.confirmedAt) return;
    told = rollback?.confirmedAt ?? '';
    const open = 'Open Runbook';
    const words = `${target.name}: something is wrong again after the rollback. "${title}" does not hold any more: ${summary}.`;
    void vscode.window.showWarningMessage(withoutLinks(words), open).then((choice) => {
      if (choice === open) void vscode.commands.executeCommand('kubernetesRollback.openRunbook', target);
    });
  });
}
