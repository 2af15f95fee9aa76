import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isPast, runSummary } from '../../domain/runbook/summary.ts';
import { runState } from '../../domain/runbook/state.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import { captureChangedAt } from '../../runs/log-capture-index.ts';
import { targetIn, type RunFolder } from '../../runs/run-folder.ts';
import type { HostMessage, WebviewMessage } from '../../shared/messages.ts';
import type { PanelModel } from '../../shared/panel-model.ts';
import { panelView } from '../../views/panel/panel-view.ts';
import { recordedModel } from '../../views/runs/recorded-model.ts';
import { runRow, type ShownRun } from '../../views/runs/run-row.ts';
import { endpointsSetting, kubectlFileSetting, readyTimeoutSetting, smokeTestSetting } from '../settings.ts';
import { showError } from '../error-message.ts';
import { panelHtml } from '../panel/html.ts';
import { recordedOrigin } from '../panel/log-origin.ts';
import { commandOf, logMoment, outputOf } from '../panel/panel-actions.ts';
import { webviewMessage } from '../panel/webview-messages.ts';
import { RecordedLogs } from './recorded-logs.ts';

/** How often it is looked whether another window has written, in ms; only of a visible panel of a run that goes on. */
const lookEveryMs = 500;

/** A run in an editor as its journal has it, followed while another window carries it out. It sets nothing going. */
export class RecordedPanel {
  readonly panel: vscode.WebviewPanel;
  readonly id: string;
  readonly #folder: RunFolder;
  readonly #clock: Clock;
  readonly #logs: RecordedLogs;
  readonly #find: (id: string) => Promise<ShownRun | undefined>;
  readonly #endings: vscode.Disposable[];
  #looking: Ending | undefined;
  #seen = '';
  /** How the capture was when its logs were shown last; undefined before. */
  #capture: string | undefined;
  #model: PanelModel | undefined;
  #ready = false;

  constructor(
    panel: vscode.WebviewPanel,
    { summary }: ShownRun,
    dist: vscode.Uri,
    folder: RunFolder,
    clock: Clock,
    find: (id: string) => Promise<ShownRun | undefined>,
  ) {
    this.panel = panel;
    this.id = summary.id;
    this.#folder = folder;
    this.#clock = clock;
    this.#find = find;
    const origin = recordedOrigin(summary.target.name, folder.attachments(summary.id), summary.lastAt);
    this.#logs = new RecordedLogs(summary.id, origin, clock, (message) => this.#post(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#endings = [
      panel.webview.onDidReceiveMessage((data: unknown) => this.#receive(data)),
      panel.onDidChangeViewState(() => {
        if (panel.visible) void this.#look();
      }),
    ];
    panel.webview.html = panelHtml(panel.webview, dist, {
      element: 'kr-panel',
      title: summary.target.name,
      state: JSON.stringify(summary.target),
    });
  }

  dispose(): void {
    this.#ready = false;
    this.#looking?.dispose();
    this.#logs.dispose();
    for (const ending of this.#endings) ending.dispose();
  }

  #receive(data: unknown): void {
    const message = webviewMessage(data);
    if (message?.type === 'ready') {
      this.#ready = true;
      this.#seen = '';
      if (this.#capture !== undefined) this.#logs.restart();
      void this.#look();
    } else if (message?.type === 'act') this.#act(message);
    else if (message !== undefined) this.#logs.receive(message);
  }

  #act({ action, target }: Extract<WebviewMessage, { type: 'act' }>): void {
    if (action === 'selectLogScope') return this.#logs.receive({ type: 'logs.selectScope' });
    if (action === 'openLogsAtTime') {
      const moment = logMoment(target ?? '');
      if (moment !== undefined) void this.#logs.showAt(moment.at, moment.pod);
      return;
    }
    const copied = { copyCommand: commandOf, copyOutput: outputOf } as const;
    if (action !== 'copyCommand' && action !== 'copyOutput') return;
    const text = copied[action](this.#model?.steps ?? [], target ?? '');
    if (text !== undefined) void vscode.env.clipboard.writeText(text);
  }

  async #look(): Promise<void> {
    this.#looking?.dispose();
    try {
      const run = await this.#find(this.id);
      if (run === undefined || !this.#ready) return;
      const { mtimeMs, size } = await stat(this.#folder.journalPath(this.id));
      const seen = JSON.stringify([mtimeMs, size, run.elsewhere]);
      if (seen !== this.#seen) await this.#show(run);
      this.#seen = seen;
      await this.#lookAtLogs();
      if (!isPast(run.summary) && this.panel.visible)
        this.#looking = this.#clock.after(lookEveryMs, () => void this.#look());
    } catch (error) {
      showError('The run cannot be shown', error);
    }
  }

  /** Another window may have captured logs since. */
  async #lookAtLogs(): Promise<void> {
    const changedAt = await captureChangedAt(this.#folder.attachments(this.id));
    const capture = `${changedAt ?? 'none'}`;
    if (!this.#ready || capture === this.#capture) return;
    if (this.#capture === undefined) this.#logs.begin();
    else this.#logs.again();
    this.#capture = capture;
  }

  async #show(run: ShownRun): Promise<void> {
    const { events } = await this.#folder.journal(this.id).read();
    const state = runState(targetIn(events) ?? run.summary.target, events);
    const now = this.#clock.now();
    const summary = runSummary(state, events);
    const model = panelView({
      run: state,
      records: undefined,
      store: { kind: 'live' },
      cluster: '',
      server: '',
      user: state.by,
      kubeconfig: kubectlFileSetting(),
      health: undefined,
      critical: undefined,
      endpoints: endpointsSetting(state.target),
      smokeTest: smokeTestSetting(state.target),
      readyWithinSeconds: readyTimeoutSetting() / 1000,
      protected: false,
      readOnly: true,
      verifying: false,
      now: new Date(now).toISOString(),
    });
    this.#model = recordedModel(model, state, words(run, now), isPast(summary) ? summary.lastAt : undefined);
    this.#post({ type: 'model', model: this.#model });
    this.#logs.look(state);
  }

  #post(message: HostMessage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}

function words(run: ShownRun, now: number): string {
  const { description } = runRow({ ...run, elsewhere: false }, now);
  if (run.elsewhere) return `Another window carries this run out: ${description}`;
  return `Recorded: ${description}`;
}
