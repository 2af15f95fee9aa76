import * as vscode from 'vscode';
import { isPast } from '../../domain/runbook/summary.ts';
import type { Command } from './command.ts';
import { pickRun } from './pick-run.ts';

/** Ends a run without a sign-off, with the reason in its journal. Nothing changes in the cluster. */
export const closeRun: Command = {
  id: 'closeRun',
  doing: 'Close a run',
  async run({ runs, runbooks, panels }, argument) {
    const run = await pickRun(
      runs,
      argument,
      'Close Run',
      ({ summary, damagedFrom, elsewhere }) => damagedFrom === undefined && !elsewhere && !isPast(summary),
    );
    if (run === undefined) return;
    const { target } = run.summary;
    const reason = await vscode.window.showInputBox({
      title: `Close the run of ${target.name}`,
      prompt: 'Why is it ended without a sign-off? It stays in the list. Enter closes it, Escape does not.',
      placeHolder: 'e.g. the alert was false',
      ignoreFocusOut: true,
    });
    if (reason === undefined) return;
    const runbook = await runbooks.of(target);
    if (runbook.run.state.id !== run.summary.id)
      throw new Error('Another run of the deployment was begun since.');
    await runbook.close(reason.trim());
    panels.close(target);
    await runbooks.letGo(target);
    runs.tellSoon();
  },
};
