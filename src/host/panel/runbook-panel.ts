import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Clock, Ending } from '../../ports/clock.ts';
import type { DeploymentFigures } from '../../runs/figures/deployment-figures.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { HostMessage, WebviewMessage } from '../../shared/messages.ts';
import { scopeWords, type ShownScope } from '../../views/log-scope-words.ts';
import type { PanelInput } from '../../views/panel/facts.ts';
import { panelView } from '../../views/panel/panel-view.ts';
import {
  endpointsSetting,
  isProtectedSetting,
  isReadOnlySetting,
  kubectlFileSetting,
  readyTimeoutSetting,
  smokeTestSetting,
} from '../settings.ts';
import { showError } from '../error-message.ts';
import { Paced } from '../paced.ts';
import { commandOf, outputOf, panelActions } from './panel-actions.ts';
import { panelHtml } from './html.ts';
import { liveOrigin } from './log-origin.ts';
import { PanelLogs } from './panel-logs.ts';
import { webviewMessage } from './webview-messages.ts';

/** A model is sent at most this often, in ms. */
const drawEveryMs = 100;

/** The runbook of one deployment in an editor: sends the model and the log, takes intents, decides nothing itself. */
export class RunbookPanel {
  readonly runbook: Runbook;
  readonly panel: vscode.WebviewPanel;
  readonly #clock: Clock;
  readonly #logs: PanelLogs;
  readonly #figures: DeploymentFigures | undefined;
  readonly #endings: Ending[];
  readonly #drawing: Paced;
  #ready = false;
  #disposed = false;
  #focusWhenReady: 'logs' | 'steps' | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    runbook: Runbook,
    figures: DeploymentFigures | undefined,
    clock: Clock,
    dist: vscode.Uri,
  ) {
    this.#figures = figures;
    this.panel = panel;
    this.runbook = runbook;
    this.#clock = clock;
    this.#drawing = new Paced(clock, drawEveryMs, () => this.#draw());
    const send = (message: HostMessage) => this.#post(message);
    this.#logs = new PanelLogs(
      liveOrigin(this.target.name, runbook.connection, runbook.attachments, clock),
      clock,
      send,
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#endings = [
      panel.webview.onDidReceiveMessage((data: unknown) => {
        const message = webviewMessage(data);
        if (message !== undefined) this.#receive(message);
      }),
      panel.onDidChangeViewState(() => this.#setVisible(panel.visible)),
      runbook.run.onDidChange(() => this.#drawSoon()),
      runbook.endpoints.onDidSee(() => this.#drawSoon()),
      ...(figures === undefined ? [] : [figures.onDidChange(() => this.#drawSoon())]),
      runbook.connection.store.onDidChange(() => this.#drawSoon()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('kubernetesRollback')) this.#drawSoon();
      }),
    ];
    panel.webview.html = panelHtml(panel.webview, dist, {
      element: 'kr-panel',
      title: this.target.name,
      state: JSON.stringify(this.target),
    });
    this.#setVisible(panel.visible);
    runbook.goOnByItself();
  }

  get target(): RunTarget {
    return this.runbook.run.state.target;
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  setIcon(icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri }): void {
    this.panel.iconPath = icon;
  }

  reveal(): void {
    this.panel.reveal();
  }

  showLogs(shown: ShownScope): void {
    // The person may have closed the panel while choosing whose logs to show.
    if (this.#disposed) return;
    this.#logs.show(shown);
    this.focus('logs');
  }

  focus(area: 'logs' | 'steps'): void {
    if (this.#ready) this.#post({ type: 'focus', area });
    else this.#focusWhenReady = area;
  }

  dispose(): void {
    this.#disposed = true;
    this.#ready = false;
    for (const ending of this.#endings) ending.dispose();
    this.#drawing.forget();
    this.runbook.endpoints.setVisible(false);
    // What is normal is of interest from now on, whoever looks.
    this.#figures?.record('background');
    this.#logs.dispose();
  }

  #setVisible(visible: boolean): void {
    this.#logs.setVisible(visible);
    this.runbook.endpoints.setVisible(visible);
    this.#figures?.record(visible ? 'watched' : 'background');
    if (visible) this.#drawSoon();
  }

  #receive(message: WebviewMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#logs.restart();
        this.#draw();
        if (this.#focusWhenReady !== undefined) this.#post({ type: 'focus', area: this.#focusWhenReady });
        this.#focusWhenReady = undefined;
        return;
      case 'logs.selectScope':
        return void this.#act({ action: 'selectLogScope' });
      case 'logs.openFullSize':
        return void vscode.commands.executeCommand('kubernetesRollback.openLogs', this.target, {
          shown: this.#logs.shown,
        });
      case 'act':
        return void this.#act(message);
      default:
        return this.#logs.receive(message);
    }
  }

  async #act({ action, target }: Omit<Extract<WebviewMessage, { type: 'act' }>, 'type'>): Promise<void> {
    try {
      const acting = {
        runbook: this.runbook,
        showLogs: (shown: ShownScope) => this.showLogs(shown),
        commandOf: (named: string) => commandOf(panelView(this.#input()).steps, named),
        outputOf: (step: string) => outputOf(panelView(this.#input()).steps, step),
      };
      await panelActions[action](acting, target ?? '');
    } catch (error) {
      showError('The runbook', error);
    }
  }

  #drawSoon(): void {
    if (this.#disposed || !this.panel.visible) return;
    this.#drawing.soon();
  }

  #draw(): void {
    if (!this.#ready) return;
    const input = this.#input();
    if (input.records !== undefined) {
      this.#logs.rename(scopeWords(this.#logs.shown, input.records));
      this.#logs.follow(input.records.deployment.uid);
    }
    this.#logs.mark(input.run);
    this.#post({ type: 'model', model: panelView(input) });
  }

  #input(): PanelInput {
    const { run, connection, isVerifying } = this.runbook;
    const { health, critical } = this.runbook.endpoints;
    const { namespace, name } = this.target;
    return {
      run: run.state,
      records: connection.store.find(namespace, name),
      store: storeInput(connection.store.state),
      kubeconfig: kubectlFileSetting(),
      cluster: connection.context.cluster,
      server: connection.context.server,
      user: connection.context.user,
      health,
      critical,
      endpoints: endpointsSetting(this.target),
      smokeTest: smokeTestSetting(this.target),
      readyWithinSeconds: readyTimeoutSetting() / 1000,
      protected: isProtectedSetting(this.target.context),
      readOnly: isReadOnlySetting(this.target.context),
      verifying: isVerifying,
      verdict: (replicaSet) => this.runbook.verdict(replicaSet),
      figures: this.#figures?.recorded(
        Date.parse(run.state.rollback?.confirmedAt ?? '') || this.#clock.now(),
      ),
      now: new Date(this.#clock.now()).toISOString(),
    };
  }

  #post(message: HostMessage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}

function storeInput(state: Runbook['connection']['store']['state']): PanelInput['store'] {
  if (state.kind === 'connecting' || state.kind === 'live') return { kind: state.kind };
  const since =
    state.kind === 'stale' && state.since !== undefined ? new Date(state.since).toISOString() : undefined;
  return { kind: 'stale', since, reason: `${state.error.message} ${state.error.hint}` };
}
