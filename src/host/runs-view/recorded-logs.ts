import { isWritten, type RollbackState, type RunState } from '../../domain/runbook/state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HostMessage, LogHostMessage, LogWebviewMessage, OfArea } from '../../shared/messages.ts';
import { type ShownScope, sideTitle } from '../../views/log-scope-words.ts';
import type { LogOrigin } from '../panel/log-origin.ts';
import { allPods, numberedScope, pickLogScope, podScope } from '../panel/log-scope-pick.ts';
import { PanelLogs } from '../panel/panel-logs.ts';

/** The logs that were captured in a run: one area, or two for what was before and after its rollback. */
export class RecordedLogs {
  readonly #id: string;
  readonly #origin: LogOrigin;
  readonly #clock: Clock;
  readonly #post: (message: HostMessage) => void;
  readonly #first: PanelLogs;
  #second: PanelLogs | undefined;
  #state: RunState | undefined;
  #disposed = false;

  /** `id` is the run's. */
  constructor(id: string, origin: LogOrigin, clock: Clock, post: (message: HostMessage) => void) {
    this.#id = id;
    this.#origin = origin;
    this.#clock = clock;
    this.#post = post;
    this.#first = new PanelLogs(origin, clock, post);
  }

  /** Shows what has been captured so far. */
  begin(): void {
    this.#first.follow(this.#id);
  }

  /** The webview has been loaded anew and holds nothing. */
  restart(): void {
    this.#tellAreas();
    for (const area of this.#areas) area.restart();
  }

  /** What was captured has changed. */
  again(): void {
    for (const area of this.#areas) area.show(area.shown);
  }

  /** What the journal has: its rollback is marked, and offers two areas. */
  look(state: RunState): void {
    this.#state = state;
    for (const area of this.#areas) area.mark(state);
    this.#tellAreas();
  }

  /** Goes to a time (RFC 3339), in the lines of this pod where some were captured, else in those of all. */
  async showAt(at: string, pod: string): Promise<void> {
    const captured = (await this.#first.captured()).find((source) => source.pod === pod);
    if (this.#disposed) return;
    this.#join(captured === undefined ? allPods : podScope(captured.podUid, pod), at);
    this.#post({ type: 'focus', area: 'logs' });
  }

  receive(message: LogWebviewMessage & OfArea): void {
    const area = message.area === 1 ? this.#second : this.#first;
    if (message.type === 'logs.selectScope') void this.#pick(area);
    else if (message.type === 'logs.split') this.#split(message.split);
    else area?.receive(message);
  }

  dispose(): void {
    this.#disposed = true;
    for (const area of this.#areas) area.dispose();
  }

  get #areas(): readonly PanelLogs[] {
    return this.#second === undefined ? [this.#first] : [this.#first, this.#second];
  }

  async #pick(area: PanelLogs | undefined): Promise<void> {
    const shown = await pickLogScope(undefined, await this.#first.captured());
    if (shown === undefined || this.#disposed) return;
    area?.show(shown);
    this.#tellAreas();
  }

  #split(split: boolean): void {
    // Asked twice: the area that is there has its credit.
    if (split && this.#second !== undefined) return;
    const rollback = writtenRollback(this.#state);
    if (!split || rollback === undefined) return this.#join(allPods);
    const { from, to } = rollback;
    this.#first.show(numberedScope(from.replicaSetUid, from.revision));
    const send = (message: LogHostMessage) => this.#post({ ...message, area: 1 });
    const after = numberedScope(to.replicaSetUid, to.revision);
    this.#second = new PanelLogs(this.#origin, this.#clock, send, after);
    this.#tellAreas();
    this.#second.follow(this.#id);
    if (this.#state !== undefined) this.#second.mark(this.#state);
  }

  #join(shown: ShownScope, at?: string): void {
    this.#second?.dispose();
    this.#second = undefined;
    this.#first.show(shown, at);
    this.#tellAreas();
  }

  #tellAreas(): void {
    const rollback = writtenRollback(this.#state);
    if (rollback === undefined) return;
    const shown = this.#areas.map((area) => area.shown);
    const titles = shown.length > 1 ? shown.map((each) => sideTitle(each, rollback, undefined)) : ['Logs'];
    this.#post({ type: 'areas', titles, panel: '' });
  }
}

function writtenRollback(state: RunState | undefined): RollbackState | undefined {
  return isWritten(state?.rollback) ? state?.rollback : undefined;
}
