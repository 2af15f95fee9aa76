import * as vscode from 'vscode';
import type { Clock } from '../../ports/clock.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import { showError } from '../error-message.ts';
import type { LookedAtRunbooks } from '../looked-at-runbooks.ts';
import { runKey } from '../runbooks.ts';
import { LogsEditor } from './logs-editor.ts';
import { type LogsPlace, logsTitle } from './logs-place.ts';
import { restoredLogs } from './webview-messages.ts';

const viewType = 'kubernetesRollback.logs';

/** The Logs editors: one for each choice of logs, restored after a reload of the window. */
export class LogsEditors implements vscode.WebviewPanelSerializer {
  readonly #runbooks: LookedAtRunbooks;
  readonly #clock: Clock;
  readonly #extension: vscode.Uri;
  readonly #open = new Set<LogsEditor>();

  constructor(runbooks: LookedAtRunbooks, clock: Clock, extension: vscode.Uri) {
    this.#runbooks = runbooks;
    this.#clock = clock;
    this.#extension = extension;
  }

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  /** Shows these logs, near `at` (RFC 3339) where that is given; an editor that shows them comes to the front. */
  async open(place: LogsPlace, at?: string): Promise<void> {
    const key = placeKey(place);
    const there = [...this.#open].find((editor) => placeKey(editor.place) === key);
    const [shown] = place.areas;
    if (there !== undefined) {
      there.panel.reveal();
      if (at !== undefined && shown !== undefined) there.show(shown, at);
      return;
    }
    const runbook = await this.#runbooks.look(place.target);
    const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active;
    // Kept while hidden for the lines that were received: its streams stop meanwhile.
    const panel = vscode.window.createWebviewPanel(viewType, logsTitle(place), column, {
      enableScripts: true,
      retainContextWhenHidden: true,
    });
    const editor = this.#adopt(new LogsEditor(panel, runbook, this.#clock, this.#dist, place.areas));
    if (at !== undefined && shown !== undefined) editor.show(shown, at);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const place = restoredLogs(state);
    if (place === undefined) return panel.dispose();
    await this.#bind(panel, place);
  }

  /** Their connections have ended: open editors of these contexts, of all by default, go on with new ones. */
  async rebind(contexts?: ReadonlySet<string>): Promise<void> {
    const before = [...this.#open].filter(({ target }) => contexts?.has(target.context) !== false);
    for (const editor of before) {
      this.#open.delete(editor);
      editor.dispose();
    }
    await Promise.all(before.map((editor) => this.#bind(editor.panel, editor.place)));
  }

  dispose(): void {
    for (const editor of this.#open) editor.dispose();
    this.#open.clear();
  }

  get #dist(): vscode.Uri {
    return vscode.Uri.joinPath(this.#extension, 'dist');
  }

  async #bind(panel: vscode.WebviewPanel, place: LogsPlace): Promise<void> {
    let closed = false;
    const closing = panel.onDidDispose(() => (closed = true));
    try {
      const runbook = await this.#runbooks.look(place.target);
      if (!closed) this.#adopt(new LogsEditor(panel, runbook, this.#clock, this.#dist, place.areas));
    } catch (error) {
      if (!closed) panel.dispose();
      showError(`The logs of ${place.target.name} cannot be shown`, error);
    } finally {
      closing.dispose();
    }
  }

  #adopt(editor: LogsEditor): LogsEditor {
    this.#open.add(editor);
    const media = vscode.Uri.joinPath(this.#extension, 'media');
    editor.panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'rollback-light.svg'),
      dark: vscode.Uri.joinPath(media, 'rollback.svg'),
    };
    editor.panel.onDidDispose(() => {
      editor.dispose();
      this.#open.delete(editor);
    });
    return editor;
  }
}

function placeKey({ target, areas }: LogsPlace): string {
  return JSON.stringify([runKey(target), areas.map(({ scope }: ShownScope) => scope)]);
}
