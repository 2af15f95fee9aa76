import * as vscode from 'vscode';
import { expiredRuns } from '../../runs/retention.ts';
import type { RunFolder } from '../../runs/run-folder.ts';
import { runRow, type ShownRun } from '../../views/runs/run-row.ts';
import { showError } from '../error-message.ts';
import { keepDaysSetting } from '../settings.ts';
import type { RunsList } from './runs-list.ts';

const command = 'kubernetesRollback.openRun';

/** What is under way when VS Code starts, offered once; and, as long as something is, in the status bar. */
export class OfferedRuns {
  readonly #folder: RunFolder;
  readonly #list: RunsList;
  readonly #item: vscode.StatusBarItem;
  readonly #changes: vscode.Disposable;

  constructor(folder: RunFolder, list: RunsList) {
    this.#folder = folder;
    this.#list = list;
    this.#item = vscode.window.createStatusBarItem('run', vscode.StatusBarAlignment.Left, 11);
    this.#item.name = 'Rollback: Runs in Progress';
    this.#changes = list.onDidChange(() => void this.#draw());
  }

  /** Looks into the folder, and no further where it has no run. Tells errors itself. */
  async begin(): Promise<void> {
    try {
      if ((await this.#folder.ids()).length === 0) return;
      const underway = await this.#list.underway();
      this.#show(underway);
      const offered = underway.filter((run) => !run.elsewhere && !isShown(run, underway));
      if (offered.length > 0) void offer(offered);
      await this.#forget();
    } catch (error) {
      showError('The runs of this machine cannot be read', error);
    }
  }

  dispose(): void {
    this.#changes.dispose();
    this.#item.dispose();
  }

  async #draw(): Promise<void> {
    try {
      this.#show(await this.#list.underway());
    } catch (error) {
      showError('The runs of this machine cannot be read', error);
    }
  }

  #show(underway: readonly ShownRun[]): void {
    const [first] = underway;
    if (first === undefined) return this.#item.hide();
    const now = Date.now();
    const { label, description } = runRow(first, now);
    const more = underway.length === 1 ? '' : ` +${underway.length - 1}`;
    this.#item.text = `$(color-mode) ${label} ${description}${more}`;
    this.#item.tooltip = underway
      .map((run) => runRow(run, now))
      .map((row) => `${row.label}: ${row.description}`)
      .join('\n');
    this.#item.accessibilityInformation = {
      label: `Rollback runs in progress: ${underway.length}. ${label}, ${description}`,
    };
    this.#item.command = {
      command,
      title: 'Open Run',
      arguments: underway.length === 1 ? [{ run: first.summary.id }] : [],
    };
    this.#item.show();
  }

  /** What is older than the setting keeps goes, with all that belongs to it. */
  async #forget(): Promise<void> {
    const runs = (await this.#list.runs()).map(({ summary }) => summary);
    for (const id of expiredRuns(runs, keepDaysSetting(), Date.now())) await this.#folder.remove(id);
  }
}

async function offer(runs: readonly ShownRun[]): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  const now = Date.now();
  const one = `Run of ${first.summary.target.name} in progress: ${runRow(first, now).description}.`;
  const words = runs.length === 1 ? one : `${runs.length} runs are in progress. ${one}`;
  const [open, others] = ['Open', 'Choose Another…'] as const;
  const buttons = runs.length === 1 ? [open] : [open, others];
  // VS Code hides it after some seconds: the status bar and the view Runs still have it then.
  const chosen = await vscode.window.showInformationMessage(words, ...buttons);
  if (chosen !== undefined)
    await vscode.commands.executeCommand(command, chosen === open ? { run: first.summary.id } : undefined);
}

/**
 * VS Code brings its panel back by itself, if not now then when its tab is chosen. A tab has a name alone: deployments of one
 * name in several places are shown where there are as many tabs.
 */
function isShown({ summary }: ShownRun, underway: readonly ShownRun[]): boolean {
  const { name } = summary.target;
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input, label }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.endsWith('kubernetesRollback.runbook') &&
        label === name,
    );
  return tabs.length >= underway.filter((run) => run.summary.target.name === name).length;
}
