import type { LogScope } from '../../domain/logs/line.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import type { Clock } from '../../ports/clock.ts';
import { containerLogs } from '../../cluster/logs/container-log.ts';
import type { Connection } from '../../cluster/connections.ts';
import { deploymentPods } from '../../runs/deployment-pods.ts';
import { LogSession } from '../../runs/log-session.ts';
import { encodeLogLines, logSourceModels, logStatusModel } from '../../views/log-messages.ts';
import type { HostMessage } from '../../shared/messages.ts';

/** What is shown in a panel's log, in words for its foot. */
export interface ShownScope {
  readonly scope: LogScope;
  readonly words: string;
}

/** The log of one panel: a session at a time, its lines sent to the webview as bytes. */
export class PanelLogs {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #send: (message: HostMessage) => void;
  #shown: ShownScope = { scope: { kind: 'deployment' }, words: 'All pods' };
  #previous = false;
  #session: LogSession | undefined;
  #deploymentUid: string | undefined;
  #visible = true;
  #credit = 0;
  #marked: string | undefined;

  constructor(connection: Connection, clock: Clock, send: (message: HostMessage) => void) {
    this.#connection = connection;
    this.#clock = clock;
    this.#send = send;
  }

  /** Begins once it is known which Deployment it is; begins anew where it was deleted and created again. */
  follow(deploymentUid: string): void {
    if (deploymentUid === this.#deploymentUid) return;
    this.#deploymentUid = deploymentUid;
    this.#begin();
  }

  show(shown: ShownScope): void {
    this.#shown = shown;
    this.#begin();
  }

  setPrevious(previous: boolean): void {
    if (previous === this.#previous) return;
    this.#previous = previous;
    this.#begin();
  }

  addCredit(lines: number): void {
    this.#credit += lines;
    this.#session?.addCredit(lines);
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
    this.#session?.dispose();
  }

  #begin(): void {
    this.#session?.dispose();
    this.#session = undefined;
    this.#marked = undefined;
    this.#send({ type: 'logs.reset' });
    if (this.#deploymentUid === undefined) return;
    const session = new LogSession({
      logs: containerLogs(this.#connection.api, this.#clock),
      clock: this.#clock,
      pods: deploymentPods(this.#connection.store, this.#deploymentUid),
      scope: this.#shown.scope,
      previous: this.#previous,
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
    const tell = () =>
      this.#send({
        type: 'logs.status',
        status: logStatusModel(session.status(), this.#shown.words, this.#previous),
      });
    session.onStatus(tell);
    session.setVisible(this.#visible);
    session.addCredit(Math.max(0, this.#credit));
    tell();
  }
}
