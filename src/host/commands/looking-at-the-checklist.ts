import * as vscode from 'vscode';
import type { ChecklistItem } from '../../domain/runbook/checklist.ts';
import type { Runbook } from '../../runs/runbook.ts';
import { signalOf } from '../error-message.ts';

/** The checklist as it is now: the addresses are asked, which takes some seconds at most. Throws where it cannot be told. */
export async function lookingAtTheChecklist(runbook: Runbook): Promise<readonly ChecklistItem[]> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `${runbook.run.state.target.name}: looking at the checklist`,
      cancellable: true,
    },
    (_progress, token) => runbook.checklist.items(signalOf(token)),
  );
}
