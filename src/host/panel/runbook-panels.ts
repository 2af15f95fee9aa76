import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import { showError } from '../error-message.ts';
import type { FigureRecords } from '../figure-records.ts';
import { runKey, type Runbooks } from '../runbooks.ts';
import { RunbookPanel } from './runbook-panel.ts';
import { restoredTarget } from './webview-messages.ts';

const viewType = 'kubernetesRollback.runbook';

/** What to show when a panel opens: its log in this scope; else its steps. */
export interface OpenOptions {
  readonly logs?: ShownScope;
}

/** One panel a deployment, restored after a reload of the window. */
export class RunbookPanels implements vscode.WebviewPanelSerializer {
  readonly #runbooks: Runbooks;
  readonly #figures: FigureRecords;
  readonly #clock: Clock;
  readonly #extension: vscode.Uri;
  readonly #open = new Map<string, RunbookPanel>();

  constructor(runbooks: Runbooks, figures: FigureRecords, clock: Clock, extension: vscode.Uri) {
    this.#runbooks = runbooks;
    this.#figures = figures;
    this.#clock = clock;
    this.#extension = extension;
  }

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  /** Shows the deployment's panel, a new one where none is open. */
  async open(target: RunTarget, { logs }: OpenOptions = {}): Promise<RunbookPanel> {
    const there = this.#open.get(runKey(target));
    if (there !== undefined) there.reveal();
    const panel = there ?? (await this.#create(target));
    if (logs !== undefined) panel.showLogs(logs);
    return panel;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const target = restoredTarget(state);
    if (target === undefined) return panel.dispose();
    let closed = false;
    const closing = panel.onDidDispose(() => (closed = true));
    try {
      const runbook = await this.#runbooks.of(target);
      if (closed) return;
      const there = this.#open.get(runKey(target));
      // Opened by a command before VS Code restored the one from before the reload: one is enough.
      if (there !== undefined) panel.dispose();
      else this.#adopt(this.#panelOf(panel, runbook));
    } catch (error) {
      if (!closed) panel.dispose();
      showError(`The runbook of ${target.name} cannot be restored`, error);
    } finally {
      closing.dispose();
    }
  }

  /** Whether the deployment's panel is in sight. */
  isVisible(target: RunTarget): boolean {
    return this.#open.get(runKey(target))?.panel.visible === true;
  }

  /** Closes the deployment's panel, if it is open. */
  close(target: RunTarget): void {
    this.#open.get(runKey(target))?.panel.dispose();
  }

  /** Another run of the deployment was begun: its panel, if it is open, goes on with that one. */
  async renew(target: RunTarget): Promise<void> {
    await this.#rebind((other) => runKey(other) === runKey(target));
  }

  /** Their connections have ended: open panels of these contexts, of all by default, go on with new ones. */
  async rebind(contexts?: ReadonlySet<string>): Promise<void> {
    await this.#rebind(({ context }) => contexts?.has(context) !== false);
  }

  async #rebind(isMeant: (target: RunTarget) => boolean): Promise<void> {
    const before = [...this.#open.values()].filter(({ target }) => isMeant(target));
    // Out of the map at once, so that a second change meanwhile does not bind a panel twice.
    for (const { target } of before) this.#open.delete(runKey(target));
    for (const panel of before) panel.dispose();
    await Promise.all(
      before.map(({ panel, target }) =>
        this.deserializeWebviewPanel(panel, { panel: JSON.stringify(target) }),
      ),
    );
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
    this.#open.clear();
  }

  get #dist(): vscode.Uri {
    return vscode.Uri.joinPath(this.#extension, 'dist');
  }

  async #create(target: RunTarget): Promise<RunbookPanel> {
    const runbook = await this.#runbooks.of(target);
    const raced = this.#open.get(runKey(target));
    if (raced !== undefined) return raced;
    const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active;
    // Kept while hidden for the lines that were received: its streams stop meanwhile.
    const panel = vscode.window.createWebviewPanel(viewType, target.name, column, {
      enableScripts: true,
      retainContextWhenHidden: true,
    });
    return this.#adopt(this.#panelOf(panel, runbook));
  }

  #panelOf(panel: vscode.WebviewPanel, runbook: Runbook): RunbookPanel {
    const figures = this.#figures.of(runbook.run.state.target);
    return new RunbookPanel(panel, runbook, figures, this.#clock, this.#dist);
  }

  #adopt(panel: RunbookPanel): RunbookPanel {
    const key = runKey(panel.target);
    this.#open.set(key, panel);
    const media = vscode.Uri.joinPath(this.#extension, 'media');
    panel.setIcon({
      light: vscode.Uri.joinPath(media, 'rollback-light.svg'),
      dark: vscode.Uri.joinPath(media, 'rollback.svg'),
    });
    panel.onDidDispose(() => {
      panel.dispose();
      if (this.#open.get(key) === panel) this.#open.delete(key);
    });
    return panel;
  }
}
