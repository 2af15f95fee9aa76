import * as vscode from 'vscode';
import { isPast } from '../../domain/runbook/summary.ts';
import { captureChangedAt } from '../../runs/log-capture-index.ts';
import { packRun } from '../../runs/run-bundle.ts';
import type { RunFolder } from '../../runs/run-folder.ts';
import type { Command } from './command.ts';
import { pickRun } from './pick-run.ts';

/** Hands a run over: it goes into one file that somebody takes over at another machine, and is only looked at here. */
export const exportRun: Command = {
  id: 'exportRun',
  doing: 'Export a run',
  async run({ runs, runbooks, runFolder, panels }, argument) {
    const run = await pickRun(
      runs,
      argument,
      'Export Run',
      ({ damagedFrom, elsewhere }) => damagedFrom === undefined && !elsewhere,
    );
    if (run === undefined) return;
    const { id, target } = run.summary;
    if (!isPast(run.summary)) {
      const to = await ask(
        `Hand the run of ${target.name} over`,
        'Who goes on with it? Here it is only looked at from then on.',
        'e.g. bob',
      );
      if (to === undefined || to === '') return;
      const note = await ask(
        `Hand the run over to ${to}`,
        'What should they know? It stays in the run.',
        'e.g. waiting for the cache to warm up',
      );
      if (note === undefined) return;
      const file = await chooseFile(id);
      if (file === undefined) return;
      const runbook = await runbooks.of(target);
      if (runbook.run.state.id !== id) throw new Error('Another run of the deployment was begun since.');
      await runbook.handOver(to, note);
      panels.close(target);
      await runbooks.letGo(target);
      await write(runFolder, id, file, `The run of ${target.name} is handed over to ${to}.`);
      runs.tellSoon();
      return;
    }
    const file = await chooseFile(id);
    if (file !== undefined) await write(runFolder, id, file, `The run of ${target.name} is exported.`);
  },
};

async function ask(title: string, prompt: string, placeHolder: string): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({ title, prompt, placeHolder, ignoreFocusOut: true });
  return answer?.trim();
}

function chooseFile(id: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: 'Export Run',
    filters: { 'Rollback run': ['rollbackrun'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `${id}.rollbackrun`) }),
  });
}

async function write(folder: RunFolder, id: string, file: vscode.Uri, words: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, await packRun(folder, id));
  const hasLogs = (await captureChangedAt(folder.attachments(id))) !== undefined;
  const logs = hasLogs
    ? ' The captured logs are in it as the containers printed them: what they say of secrets too.'
    : '';
  void vscode.window.showInformationMessage(
    `${words} It is in ${file.fsPath}; Take Over Run… reads it.${logs}`,
  );
}
