import * as vscode from 'vscode';
import type { RunState } from '../../domain/runbook/state.ts';
import type { Clock } from '../../ports/clock.ts';
import { GoneLogs } from '../../runs/gone-logs.ts';
import type { CapturedSource } from '../../runs/log-capture-index.ts';
import { CapturedLogs } from '../../runs/log-captured.ts';
import type { ShownCapture } from '../../runs/log-captured-shown.ts';
import type { LivePods } from '../../runs/log-pods.ts';
import { LogSession } from '../../runs/log-session.ts';
import {
  captureMark,
  encodeLogLines,
  logSourceModels,
  logStatusModel,
  recordedStatus,
} from '../../views/log-messages.ts';
import type { LogHostMessage, LogWebviewMessage } from '../../shared/messages.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import { showError } from '../error-message.ts';
import type { LogOrigin } from './log-origin.ts';
import { LogSaving } from './log-saving.ts';
import { allPods } from './log-scope-pick.ts';

/** How much before a time that was asked for the log begins. */
const leadMs = 60_000;

/** The log of one area: a session at a time, its lines sent to the webview as bytes. */
export class PanelLogs {
  readonly #origin: LogOrigin;
  readonly #clock: Clock;
  readonly #send: (message: LogHostMessage) => void;
  readonly #saving: LogSaving;
  #shown: ShownScope;
  /** The time that the log was opened at, RFC 3339. */
  #at: string | undefined;
  #previous = false;
  #session: LogSession | undefined;
  #gone: GoneLogs | undefined;
  /** Tells the webview how the session is. */
  #tell: (() => void) | undefined;
  #deploymentUid: string | undefined;
  #visible = true;
  #credit = 0;
  #marked: string | undefined;
  /** What was begun last: what comes late for an earlier one is of no interest. */
  #begun = 0;

  constructor(
    origin: LogOrigin,
    clock: Clock,
    send: (message: LogHostMessage) => void,
    shown: ShownScope = allPods,
  ) {
    this.#origin = origin;
    this.#clock = clock;
    this.#send = send;
    this.#shown = shown;
    this.#saving = new LogSaving(send, origin.name);
  }

  get shown(): ShownScope {
    return this.#shown;
  }

  /** What was captured of all pods; nothing where it cannot be read, which is told. */
  async captured(): Promise<readonly CapturedSource[]> {
    const { captured } = this.#origin;
    return captured === undefined ? [] : ((await told(CapturedLogs.open(captured)))?.sources ?? []);
  }

  /** Begins once it is known which Deployment it is; begins anew where it was deleted and created again. */
  follow(deploymentUid: string): void {
    if (deploymentUid === this.#deploymentUid) return;
    this.#deploymentUid = deploymentUid;
    this.#begin();
  }

  /** What it shows is called otherwise now. */
  rename(words: string): void {
    if (words === this.#shown.words) return;
    this.#shown = { ...this.#shown, words };
    this.#tell?.();
  }

  /** Shows another scope; `at` (RFC 3339) is the time to begin near and to scroll to. */
  show(shown: ShownScope, at?: string): void {
    this.#shown = shown;
    this.#at = at;
    this.#begin();
  }

  /** Does what the log area wants; what concerns the editor around it is left to that. */
  receive(message: LogWebviewMessage): void {
    switch (message.type) {
      case 'logs.credit':
        this.#credit += message.lines;
        return this.#session?.addCredit(message.lines);
      case 'logs.previous':
        return this.#setPrevious(message.previous);
      case 'logs.copy':
        return void vscode.env.clipboard.writeText(message.text);
      case 'logs.save':
        return this.#try(this.#saving.begin(message.shown, message.all));
      case 'logs.text':
        return this.#try(this.#saving.take(message.text, message.last));
      default:
    }
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#session?.setVisible(visible);
  }

  /** The webview has been loaded anew and holds nothing. */
  restart(): void {
    this.#credit = 0;
    this.#begin();
  }

  /** Draws the line where the rollback happened, once for each rollback. */
  mark({ rollback }: RunState): void {
    if (
      rollback?.outcome?.kind !== 'applied' ||
      rollback.outcomeAt === undefined ||
      rollback.outcomeAt === this.#marked
    )
      return;
    this.#marked = rollback.outcomeAt;
    const text = `rolled back to revision ${rollback.to.revision} by ${rollback.by}`;
    this.#send({ type: 'logs.mark', at: rollback.outcomeAt, text, tone: 'ok' });
  }

  dispose(): void {
    this.#begun++;
    this.#end();
  }

  #setPrevious(previous: boolean): void {
    if (previous === this.#previous) return;
    this.#previous = previous;
    this.#begin();
  }

  #try(saving: Promise<void>): void {
    saving.catch((error: unknown) => showError('Save the log lines', error));
  }

  #end(): void {
    this.#session?.dispose();
    this.#session = undefined;
    this.#gone?.dispose();
    this.#gone = undefined;
    this.#tell = undefined;
  }

  #begin(): void {
    this.#end();
    this.#marked = undefined;
    this.#send({ type: 'logs.reset' });
    const begun = ++this.#begun;
    if (this.#deploymentUid !== undefined) void this.#open(this.#deploymentUid, begun);
  }

  async #open(deploymentUid: string, begun: number): Promise<void> {
    const pods = this.#origin.pods(deploymentUid);
    const { scope } = this.#shown;
    const previous = this.#previous;
    const folder = this.#origin.captured;
    const gone =
      folder === undefined ? undefined : new GoneLogs({ folder, clock: this.#clock, pods, scope, previous });
    const captured = gone && (await told(gone.look()));
    // Another scope may have been chosen meanwhile, or the editor closed.
    if (begun === this.#begun) this.#start(pods, gone, captured);
  }

  #start(pods: LivePods, gone: GoneLogs | undefined, first: ShownCapture | undefined): void {
    let captured = first;
    const session = new LogSession({
      logs: this.#origin.logs,
      clock: this.#clock,
      pods,
      scope: this.#shown.scope,
      previous: this.#previous,
      ...(first === undefined ? {} : { captured: first }),
      ...(this.#at === undefined
        ? {}
        : { start: { since: new Date(Date.parse(this.#at) - leadMs).toISOString() } }),
    });
    this.#session = session;
    const indices = new Map<object, number>();
    session.onBatch(({ sources, from, lines }) => {
      for (const [index, { source }] of sources.entries()) indices.set(source, from + index);
      if (sources.length > 0)
        this.#send({ type: 'logs.sources', from, sources: logSourceModels(sources, from) });
      if (lines.length === 0) return;
      this.#credit -= lines.length;
      this.#send({ type: 'logs.lines', bytes: encodeLogLines(lines, (source) => indices.get(source)) });
    });
    const tell = () => {
      const status = logStatusModel(session.status(), this.#shown.words, this.#previous, captured);
      const { recordedAt } = this.#origin;
      const part = this.#shown.scope.kind !== 'deployment';
      this.#send({
        type: 'logs.status',
        status: recordedAt === undefined ? status : recordedStatus(status, recordedAt, part),
      });
    };
    this.#tell = tell;
    session.onStatus(tell);
    session.setVisible(this.#visible);
    session.addCredit(Math.max(0, this.#credit));
    tell();
    if (first !== undefined) this.#send({ type: 'logs.mark', ...captureMark(first.summary) });
    this.#gone = gone;
    // What is shown of pods that go stays, and what was captured of them comes to it.
    gone?.follow((more) => {
      captured = more;
      session.showCaptured(more);
      tell();
      this.#send({ type: 'logs.mark', ...captureMark(more.summary) });
    }, showCaptureError);
    if (this.#at !== undefined) this.#send({ type: 'logs.goTo', at: this.#at });
  }
}

/** The log is shown all the same without what was captured. */
async function told<T>(captured: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await captured;
  } catch (error) {
    showCaptureError(error);
    return undefined;
  }
}

function showCaptureError(error: unknown): void {
  showError('The captured logs of this run cannot be read', error);
}
