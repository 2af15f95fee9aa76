import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { LogStatusModel } from '../../shared/messages.ts';
import { icon } from '../icon.ts';
import { LightElement } from '../light-element.ts';
import { counted } from '../time-format.ts';
import type { ViewMemory } from '../view-memory.ts';
import { copyText } from './copy-text.ts';
import type { LogFilter } from './filter.ts';
import { isFiltering, NO_FILTER } from './filter.ts';
import './log-foot.ts';
import type { LogMessage } from './log-queue.ts';
import { LogQueue } from './log-queue.ts';
import type { LogRows } from './log-rows.ts';
import './log-rows.ts';
import { LogStore } from './log-store.ts';
import type { LogToolbar, RowsAsked } from './log-toolbar.ts';
import './log-toolbar.ts';
import type { LogHolding } from './log-words.ts';
import { emptyWords } from './log-words.ts';
import { parseBatch } from './parse-batch.ts';

/** How many lines the host may send ahead of what has been drawn. */
const FIRST_CREDIT = 5_000;

/** The live log: toolbar, rows, foot. It holds its own lines and gives the host credit for as many as it has drawn. */
export class LogArea extends LightElement {
  static override properties = { memory: { attribute: false } };
  declare memory: ViewMemory | undefined;
  readonly #store = new LogStore();
  readonly #queue = new LogQueue(
    (message) => this.#take(message),
    (deadline) => this.#drawFrame(deadline),
  );
  #status: LogStatusModel | undefined;
  #unreadable = 0;
  #drawnLines = 0;

  /** Hands over one message of the host; it is worked on in the next frames. */
  receive(message: LogMessage): void {
    this.#queue.push(message);
  }

  /** Gives the first credit. To be called once the host knows that the panel is ready. */
  begin(): void {
    this.intend({ type: 'logs.credit', lines: FIRST_CREDIT });
  }

  override focus(): void {
    this.#rows?.focus();
  }

  focusFilter(): void {
    this.querySelector<LogToolbar>('kr-log-toolbar')?.focusFilter();
  }

  /** Goes to the newest line. */
  follow(): void {
    this.#rows?.toEnd();
  }

  protected override firstUpdated(): void {
    const state = this.memory?.state;
    if (state !== undefined && isFiltering(state.filter)) this.#chooseFilter(state.filter);
    const rows = this.#rows;
    if (state?.following === false && rows !== undefined) rows.follow = { following: false, unseen: 0 };
  }

  protected override render(): TemplateResult {
    const store = this.#store;
    const following = this.#rows?.follow ?? { following: this.memory?.state.following ?? true, unseen: 0 };
    const holding = this.#holding();
    return html`<h2 class="spoken">Logs</h2>
      <kr-log-toolbar
        .status=${this.#status}
        .filter=${store.filter}
        .errors=${store.errors}
        .warnings=${store.warnings}
        .following=${following.following}
        @kr-filter=${(event: CustomEvent<LogFilter>) => this.#chooseFilter(event.detail)}
        @kr-rows=${(event: CustomEvent<RowsAsked>) => this.#asked(event.detail)}
      ></kr-log-toolbar>
      <div class="log-body">
        <kr-log-rows .store=${store} @kr-follow=${() => this.#followChanged()}></kr-log-rows>
        ${this.#empty(holding)} ${following.following ? nothing : this.#return(following.unseen)}
      </div>
      <kr-log-foot .status=${this.#status} .holding=${holding}></kr-log-foot>`;
  }

  #empty(holding: LogHolding): TemplateResult | typeof nothing {
    const words = emptyWords(this.#status, holding);
    if (words === undefined) return nothing;
    return html`<div class="log-empty">
      <p>${words}</p>
      ${
        holding.kept === 0
          ? nothing
          : html`<button type="button" class="button link" @click=${() => this.#chooseFilter(NO_FILTER)}>
              Clear the filter
            </button>`
      }
    </div>`;
  }

  #return(unseen: number): TemplateResult {
    return html`<button type="button" class="log-return" @click=${() => this.follow()}>
      ${icon('arrow-down')}${unseen === 0 ? 'Newest lines' : counted(unseen, 'new line')}
    </button>`;
  }

  #holding(): LogHolding {
    const store = this.#store;
    return {
      kept: store.lines,
      shown: store.shownLines,
      filtering: isFiltering(store.filter),
      unreadable: this.#unreadable,
      lastAt: store.lastLineAt,
    };
  }

  #take(message: LogMessage): void {
    switch (message.type) {
      case 'logs.reset':
        this.#store.reset();
        this.#unreadable = 0;
        this.#rows?.replaced(undefined);
        return;
      case 'logs.sources':
        return this.#store.nameSources(message.from, message.sources);
      case 'logs.mark':
        return this.#rows?.changed(
          this.#store.mark({ kind: 'mark', at: message.at, text: message.text, tone: message.tone }),
        );
      case 'logs.status':
        this.#status = message.status;
        return;
      case 'logs.lines': {
        const batch = parseBatch(message.bytes);
        this.#unreadable += batch.unreadable;
        this.#drawnLines += batch.lines.length + batch.unreadable;
        this.#rows?.changed(this.#store.add(batch.lines));
      }
    }
  }

  /** Draws what has come, carries a new filter on, and gives credit for what was drawn. */
  #drawFrame(deadline: number): boolean {
    const topEntry = this.#rows?.topEntry;
    const scan = this.#store.scan(deadline);
    if (scan === 'swapped') this.#rows?.replaced(topEntry);
    else if (scan === 'idle') this.#rows?.draw();
    this.requestUpdate();
    if (this.#drawnLines > 0) this.intend({ type: 'logs.credit', lines: this.#drawnLines });
    this.#drawnLines = 0;
    return scan === 'more';
  }

  #chooseFilter(filter: LogFilter): void {
    this.#store.setFilter(filter);
    this.memory?.change({ filter });
    this.#queue.wake();
    this.requestUpdate();
  }

  #asked(asked: RowsAsked): void {
    const rows = this.#rows;
    if (rows === undefined) return;
    if (asked === 'follow') rows.toEnd();
    else if (asked === 'leave') rows.follow = { following: false, unseen: 0 };
    else this.intend({ type: 'logs.copy', text: this.#shownText() });
  }

  #shownText(): string {
    return copyText(this.#store.shown, (index) => this.#store.source(index));
  }

  #followChanged(): void {
    const following = this.#rows?.follow.following ?? true;
    if (this.memory?.state.following !== following) this.memory?.change({ following });
    this.requestUpdate();
  }

  get #rows(): LogRows | undefined {
    return this.querySelector<LogRows>('kr-log-rows') ?? undefined;
  }
}

customElements.define('kr-log', LogArea);
