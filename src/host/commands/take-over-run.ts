import * as vscode from 'vscode';
import { takeRun, unpackRun } from '../../runs/run-bundle.ts';
import { memosOf } from '../../runs/learned-memos.ts';
import type { Command, Surroundings } from './command.ts';
import { pickRun } from './pick-run.ts';
import { textField } from './target.ts';
import { pickFrom } from '../pick-from.ts';

/** Goes on with a run that another window carries out, or that somebody has handed over in a file. */
export const takeOverRun: Command = {
  id: 'takeOverRun',
  doing: 'Take a run over',
  async run(surroundings, argument) {
    const { runs, runbooks, recorded, panels } = surroundings;
    const elsewhere = (await runs.runs()).some((run) => run.elsewhere);
    if (textField(argument, 'run') === undefined && (!elsewhere || (await fromFile()))) {
      const files = await vscode.window.showOpenDialog({
        title: 'Take Over Run',
        openLabel: 'Take Over',
        filters: { 'Rollback run': ['rollbackrun'] },
      });
      if (files?.[0] !== undefined) await takeFromFile(surroundings, files[0]);
      return;
    }
    const run = await pickRun(runs, argument, 'Take Over Run', (one) => one.elsewhere);
    if (run === undefined) return;
    const { target } = run.summary;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Taking the run of ${target.name} over` },
      () => runbooks.takeOver(target),
    );
    recorded.close(target);
    (await panels.open(target)).focus('steps');
  },
};

async function fromFile(): Promise<boolean | undefined> {
  const window = { label: 'From Another Window', file: false };
  const file = { label: 'From a File…', file: true };
  const picked = await pickFrom([window, file], {
    title: 'Take Over Run',
  });
  return picked?.file;
}

async function takeFromFile(
  { runFolder, runs, runbooks, memories, recorded, connections, panels }: Surroundings,
  file: vscode.Uri,
): Promise<void> {
  const bundled = await unpackRun(await vscode.workspace.fs.readFile(file));
  const { state } = bundled;
  const context = await contextHere((await connections.kubeconfig()).contexts, state.target.context);
  if (context === undefined) return;
  const target = { ...state.target, context };
  panels.close(target);
  await runbooks.letGo(target);
  await takeRun(runFolder, bundled, runbooks.hand, context, Date.now());
  await memories.learn(context, memosOf(state.handedOver?.knownGood, Date.now()));
  recorded.close(state.target);
  runs.tellSoon();
  (await panels.open(target)).focus('steps');
}

/** The context of the same name, else one that the person chooses: another machine's kubeconfig has its own names. */
async function contextHere(
  contexts: readonly { readonly name: string; readonly server: string }[],
  wanted: string,
): Promise<string | undefined> {
  if (contexts.some(({ name }) => name === wanted)) return wanted;
  const items = contexts.map(({ name, server }) => ({ label: name, description: server }));
  const picked = await pickFrom(items, {
    title: `Which context is ${wanted} here?`,
    placeHolder: 'The run goes on in the cluster of this context',
  });
  return picked?.label;
}
