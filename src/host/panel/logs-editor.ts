import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { HostMessage, LogHostMessage, WebviewMessage } from '../../shared/messages.ts';
import { comparedRevisions } from '../../views/compared-revisions.ts';
import { scopeWords, type ShownScope, sideTitle } from '../../views/log-scope-words.ts';
import type { LookedAtRunbook } from '../looked-at-runbooks.ts';
import { panelHtml } from './html.ts';
import { liveOrigin } from './log-origin.ts';
import { allPods, pickLogScope, revisionScope } from './log-scope-pick.ts';
import { type LogsPlace, logsTitle } from './logs-place.ts';
import { PanelLogs } from './panel-logs.ts';
import { webviewMessage } from './webview-messages.ts';

/** The logs of one deployment over a whole editor: one area, or two for what was before and after a rollback. */
export class LogsEditor {
  readonly panel: vscode.WebviewPanel;
  readonly #runbook: LookedAtRunbook;
  readonly #clock: Clock;
  readonly #endings: Ending[];
  #areas: PanelLogs[] = [];
  #ready = false;
  #disposed = false;
  /** What was told of its areas last. */
  #told = '';

  constructor(
    panel: vscode.WebviewPanel,
    runbook: LookedAtRunbook,
    clock: Clock,
    dist: vscode.Uri,
    areas: readonly ShownScope[],
  ) {
    this.panel = panel;
    this.#runbook = runbook;
    this.#clock = clock;
    this.#areas = areas.map((shown, area) => this.#area(shown, area));
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#endings = [
      panel.webview.onDidReceiveMessage((data: unknown) => {
        const message = webviewMessage(data);
        if (message !== undefined) this.#receive(message);
      }),
      panel.onDidChangeViewState(() => this.#look()),
      runbook.onDidChange(() => this.#look()),
      runbook.connection.store.onDidChange(() => this.#look()),
    ];
    panel.webview.html = panelHtml(panel.webview, dist, {
      element: 'kr-logs-editor',
      title: panel.title,
      state: JSON.stringify(this.place),
    });
  }

  get target(): RunTarget {
    return this.#runbook.target;
  }

  /** What it shows, to be kept for after a reload. */
  get place(): LogsPlace {
    return { target: this.target, areas: this.#areas.map(({ shown }) => shown) };
  }

  /** Shows other logs in its first area, near `at` (RFC 3339) where that is given. */
  show(shown: ShownScope, at?: string): void {
    this.#areas[0]?.show(shown, at);
    this.#tellAreas();
    this.#post({ type: 'focus', area: 'logs' });
  }

  dispose(): void {
    this.#disposed = true;
    this.#ready = false;
    for (const ending of this.#endings) ending.dispose();
    for (const area of this.#areas) area.dispose();
  }

  #area(shown: ShownScope, area: number): PanelLogs {
    const send = (message: LogHostMessage) => this.#post(area === 0 ? message : { ...message, area });
    const { connection, attachments } = this.#runbook;
    const origin = liveOrigin(this.target.name, connection, attachments, this.#clock);
    return new PanelLogs(origin, this.#clock, send, shown);
  }

  #receive(message: WebviewMessage): void {
    if (message.type === 'act') return;
    if (message.type === 'ready') {
      this.#ready = true;
      this.#told = '';
      this.#tellAreas();
      for (const area of this.#areas) area.restart();
      this.#post({ type: 'focus', area: 'logs' });
      return this.#look();
    }
    const logs = this.#areas[message.area ?? 0];
    if (message.type === 'logs.selectScope') void this.#pickScope(logs);
    else if (message.type === 'logs.split') this.#split(message.split);
    else logs?.receive(message);
  }

  async #pickScope(logs: PanelLogs | undefined): Promise<void> {
    const shown = await pickLogScope(this.#records, await logs?.captured());
    if (shown === undefined || this.#disposed) return;
    logs?.show(shown);
    this.#tellAreas();
  }

  #split(split: boolean): void {
    const records = this.#records;
    const compared =
      records === undefined ? undefined : comparedRevisions(records, this.#runbook.state()?.rollback);
    if (split && compared === undefined) {
      void vscode.window.showInformationMessage(
        `${this.target.name} has one revision: there is no other to set beside it.`,
      );
      return;
    }
    for (const area of this.#areas.splice(1)) area.dispose();
    if (!split || compared === undefined) {
      this.#areas[0]?.show(allPods);
    } else {
      const { before, after } = compared;
      this.#areas[0]?.show(revisionScope(before));
      this.#areas.push(this.#area(revisionScope(after), 1));
    }
    this.#look();
  }

  /** Follows the Deployment that has the name now, and marks its rollback, after which the revisions are called otherwise. */
  #look(): void {
    const state = this.#runbook.state();
    const records = this.#records;
    for (const area of this.#areas) {
      area.setVisible(this.panel.visible);
      if (!this.#ready) continue;
      if (records !== undefined) {
        area.rename(scopeWords(area.shown, records));
        area.follow(records.deployment.uid);
      }
      if (state !== undefined) area.mark(state);
    }
    this.#tellAreas();
  }

  #tellAreas(): void {
    if (!this.#ready) return;
    const rollback = this.#runbook.state()?.rollback;
    const shown = this.#areas.map((area) => area.shown);
    const titles =
      shown.length > 1
        ? shown.map((each) => sideTitle(each, rollback, this.#records))
        : shown.map(({ words }) => `Logs of ${this.target.name}: ${words}`);
    const panel = JSON.stringify(this.place);
    const told = JSON.stringify([titles, panel]);
    if (told === this.#told) return;
    this.#told = told;
    this.panel.title = logsTitle(this.place);
    this.#post({ type: 'areas', titles, panel });
  }

  get #records() {
    const { namespace, name } = this.target;
    return this.#runbook.connection.store.find(namespace, name);
  }

  #post(message: HostMessage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}
