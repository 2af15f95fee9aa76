import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import { isOf } from '../../runs/held-run.ts';
import type { RunFolder } from '../../runs/run-folder.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ShownRun } from '../../views/runs/run-row.ts';
import { RecordedPanel } from './recorded-panel.ts';
import type { RunsList } from './runs-list.ts';

/** The panels of runs that are only looked at, one a run. They are not restored after a reload. */
export class RecordedPanels {
  readonly #folder: RunFolder;
  readonly #list: RunsList;
  readonly #clock: Clock;
  readonly #extension: vscode.Uri;
  readonly #open = new Map<string, { readonly panel: RecordedPanel; readonly target: RunTarget }>();

  constructor(folder: RunFolder, list: RunsList, clock: Clock, extension: vscode.Uri) {
    this.#folder = folder;
    this.#list = list;
    this.#clock = clock;
    this.#extension = extension;
  }

  /** Shows the run as it is recorded, in its panel where one is open. */
  open(run: ShownRun): void {
    const { id, target } = run.summary;
    const there = this.#open.get(id);
    if (there !== undefined) return there.panel.panel.reveal();
    const media = vscode.Uri.joinPath(this.#extension, 'media');
    const webview = vscode.window.createWebviewPanel(
      'kubernetesRollback.recordedRun',
      `${target.name} (recorded)`,
      vscode.ViewColumn.Active,
      { enableScripts: true, retainContextWhenHidden: true },
    );
    webview.iconPath = {
      light: vscode.Uri.joinPath(media, 'rollback-light.svg'),
      dark: vscode.Uri.joinPath(media, 'rollback.svg'),
    };
    const dist = vscode.Uri.joinPath(this.#extension, 'dist');
    const panel = new RecordedPanel(webview, run, dist, this.#folder, this.#clock, (of) =>
      this.#list.find(of),
    );
    this.#open.set(id, { panel, target });
    webview.onDidDispose(() => {
      panel.dispose();
      this.#open.delete(id);
    });
  }

  /** Closes what shows runs of this deployment: it is carried out here now, or deleted. */
  close(target: RunTarget): void {
    for (const { panel, target: other } of [...this.#open.values()])
      if (isOf(target, { target: other })) panel.panel.dispose();
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.panel.dispose();
  }
}
