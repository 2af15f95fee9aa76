import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { LogStatusModel, LogWebviewMessage } from '../../shared/messages.ts';
import { LightElement } from '../light-element.ts';
import type { TextForm } from './copy-text.ts';
import { copyText } from './copy-text.ts';
import type { LogFilter } from './filter.ts';
import { isFiltering, NO_FILTER } from './filter.ts';
import { Filtering } from './filtering.ts';
import { Gathering } from './gathering.ts';
import './log-foot.ts';
import { areaKey } from './log-keys.ts';
import type { LogMemory, LogViewState } from './log-memory.ts';
import { FIRST_LOG_STATE } from './log-memory.ts';
import { emptyNotice, returnButton } from './log-notices.ts';
import type { LogMessage } from './log-queue.ts';
import { LogQueue } from './log-queue.ts';
import type { LogRows } from './log-rows.ts';
import './log-rows.ts';
import type { LogSearch, SearchAsked } from './log-search.ts';
import './log-search.ts';
import { LogStore } from './log-store.ts';
import type { Asked, LogPlace, LogToolbar } from './log-toolbar.ts';
import './log-toolbar.ts';
import { emptyWords, filterWords, holdingOf, searchSaid } from './log-words.ts';
import { parseBatch } from './parse-batch.ts';
import { Searching } from './searching.ts';

/** How many lines the host may send ahead of what has been drawn. */
const FIRST_CREDIT = 5_000;

/** A log: toolbar, rows, foot. It holds its own lines and gives the host credit for as many as it has drawn. */
export class LogArea extends LightElement {
  static override properties = {
    memory: { attribute: false },
    area: { type: Number },
    place: { type: String },
    name: { type: String },
  };
  declare memory: LogMemory | undefined;
  /** Which of the page's log areas it is. */
  declare area: number;
  declare place: LogPlace;
  /** What it is called, where there are two. */
  declare name: string;
  readonly #store = new LogStore();
  readonly #filtering = new Filtering(this.#store, () => this.#filterChanged());
  readonly #gathering = new Gathering((message) => this.#tell(message));
  readonly #searching = new Searching(this.#store, () => this.#searchChanged());
  readonly #queue = new LogQueue(
    (message) => this.#take(message),
    (deadline) => this.#drawFrame(deadline),
  );
  #state: LogViewState = FIRST_LOG_STATE;
  #status: LogStatusModel | undefined;
  #unreadable = 0;
  #drawnLines = 0;
  /** A time that was asked for and is not there yet. */
  #wantedTime: string | undefined;
  #said = '';

  constructor() {
    super();
    this.area = 0;
    this.place = 'panel';
    this.name = 'Logs';
    this.addEventListener('copy', this.#copied);
    this.addEventListener('keydown', this.#pressed);
  }

  /** Hands over one message of the host; it is worked on in the next frames. */
  receive(message: LogMessage): void {
    this.#queue.push(message);
  }

  /** Gives the first credit. To be called once the host knows that the page is ready. */
  begin(): void {
    this.#tell({ type: 'logs.credit', lines: FIRST_CREDIT });
  }

  override focus(): void {
    this.#rows?.focus();
  }

  focusFilter(): void {
    this.querySelector<LogToolbar>('kr-log-toolbar')?.focusFilter();
  }

  /** Opens the search, or puts the cursor into it. */
  search(): void {
    if (!this.#searching.isOpen) this.#searching.open();
    this.performUpdate();
    const bar = this.querySelector<LogSearch>('kr-log-search');
    void bar?.updateComplete.then(() => bar.focus());
  }

  /** Goes to the newest line. */
  follow(): void {
    this.#rows?.toEnd();
  }

  protected override firstUpdated(): void {
    this.#state = this.memory?.state ?? FIRST_LOG_STATE;
    if (isFiltering(this.#state.filter)) this.#chooseFilter(this.#state.filter);
    const rows = this.#rows;
    rows?.setLook(this.#state);
    if (!this.#state.following && rows !== undefined) rows.follow = { following: false, unseen: 0 };
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const store = this.#store;
    const { following, unseen } = this.#rows?.follow ?? { following: true, unseen: 0 };
    const holding = holdingOf(this.#store, this.#unreadable);
    const searching = this.#searching.isOpen;
    const toolbar = {
      id: `log-${this.area}`,
      place: this.place,
      status: this.#status,
      ...this.#state,
      following,
      invalid: this.#filtering.invalid,
      errors: store.errors,
      warnings: store.warnings,
      searching,
    };
    return html`<h2 class="spoken">${this.name}</h2>
      <kr-log-toolbar
        .model=${toolbar}
        @kr-filter=${(event: CustomEvent<LogFilter>) => this.#chooseFilter(event.detail)}
        @kr-asked=${(event: CustomEvent<Asked>) => this.#asked(event.detail)}
      ></kr-log-toolbar>
      <div class="log-body">
        ${searching ? this.#searchBar() : nothing}
        <kr-log-rows .store=${store} @kr-follow=${() => this.#followChanged()}></kr-log-rows>
        ${emptyNotice(emptyWords(this.#status, holding), holding.kept > 0, () => this.#chooseFilter(NO_FILTER))}
        ${following ? nothing : returnButton(unseen, () => this.follow())}
      </div>
      <kr-log-foot .status=${this.#status} .holding=${holding}></kr-log-foot>
      <div class="spoken" role="status" aria-live="polite">${this.#said}</div>`;
  }

  #searchBar(): TemplateResult {
    return html`<kr-log-search
      .model=${this.#searching.model(`log-${this.area}`)}
      @kr-search=${(event: CustomEvent<SearchAsked>) => this.#searchAsked(event.detail)}
    ></kr-log-search>`;
  }

  #take(message: LogMessage): void {
    switch (message.type) {
      case 'logs.reset':
        this.#store.reset();
        this.#unreadable = 0;
        this.#wantedTime = undefined;
        this.#rows?.replaced(undefined);
        return;
      case 'logs.sources':
        return this.#store.nameSources(message.from, message.sources);
      case 'logs.mark':
        return this.#store.mark({ kind: 'mark', at: message.at, text: message.text, tone: message.tone });
      case 'logs.status':
        this.#status = message.status;
        return;
      case 'logs.goTo':
        this.#wantedTime = message.at;
        return;
      case 'logs.gather': {
        const lines = message.what === 'shown' ? this.#store.shown : this.#store.all;
        this.#gathering.begin(lines.toArray(), this.#form());
        return;
      }
      case 'logs.lines': {
        const batch = parseBatch(message.bytes);
        this.#unreadable += batch.unreadable;
        this.#drawnLines += batch.lines.length + batch.unreadable;
        this.#rows?.added(this.#store.add(batch.lines));
      }
    }
  }

  /** Draws what has come, carries a new filter and a search on, and gives credit for what was drawn. */
  #drawFrame(deadline: number): boolean {
    const rows = this.#rows;
    const topEntry = rows?.topEntry;
    const scan = this.#store.scan(deadline);
    if (scan === 'swapped') {
      rows?.replaced(topEntry);
      this.#said = filterWords(holdingOf(this.#store, this.#unreadable));
    } else if (this.#wantedTime === undefined || rows?.goTo(this.#wantedTime) !== true) rows?.draw();
    else this.#wantedTime = undefined;
    if (scan === 'found') {
      const match = this.#searching.stepIfPending(rows?.topEntry);
      if (match !== undefined) rows?.showMatch(match);
      this.#said = searchSaid(this.#searching);
    }
    this.requestUpdate();
    if (this.#drawnLines > 0) this.#tell({ type: 'logs.credit', lines: this.#drawnLines });
    this.#drawnLines = 0;
    const gathers = this.#gathering.sendPiece();
    return this.#store.isScanning || gathers;
  }

  #chooseFilter(filter: LogFilter): void {
    this.#choose({ filter });
    this.#filtering.choose(filter);
  }

  #filterChanged(): void {
    this.#queue.wake();
    this.requestUpdate();
  }

  #choose(part: Partial<LogViewState>): void {
    this.#state = { ...this.#state, ...part };
    this.memory?.change(part);
    this.#rows?.setLook(this.#state);
    this.requestUpdate();
  }

  #asked(asked: Asked): void {
    const { wrap, stamps } = this.#state;
    const rows = this.#rows;
    if (rows === undefined) return;
    const acts: Readonly<Record<Asked, () => void>> = {
      follow: () => (rows.follow.following ? (rows.follow = { following: false, unseen: 0 }) : rows.toEnd()),
      previous: () => this.#tell({ type: 'logs.previous', previous: this.#status?.previous !== true }),
      stamps: () => this.#choose({ stamps: !stamps }),
      wrap: () => this.#choose({ wrap: !wrap }),
      search: () => (this.#searching.isOpen ? this.#searching.close() : this.search()),
      copy: () => this.#tell({ type: 'logs.copy', text: this.#textToCopy() }),
      save: () => this.#tell({ type: 'logs.save', shown: this.#store.shownLines, all: this.#store.lines }),
      scope: () => this.#tell({ type: 'logs.selectScope' }),
      fullSize: () => this.#tell({ type: 'logs.openFullSize' }),
      split: () => this.#tell({ type: 'logs.split', split: this.place !== 'split' }),
    };
    acts[asked]();
  }

  #searchAsked(asked: SearchAsked): void {
    const searching = this.#searching;
    if (asked === 'close') {
      searching.close();
      this.focus();
    } else if (asked === 'next' || asked === 'previous') {
      this.#rows?.showMatch(searching.step(asked === 'next' ? 1 : -1, this.#rows.topEntry));
      this.#said = searchSaid(this.#searching);
    } else searching.search(asked);
    this.requestUpdate();
  }

  #searchChanged(): void {
    this.#rows?.showMatch(this.#searching.current);
    this.#queue.wake();
    this.requestUpdate();
  }

  #form(): TextForm {
    return { stamps: this.#state.stamps, source: (index) => this.#store.source(index) };
  }

  #textToCopy(): string {
    return copyText(this.#store.shown, this.#form(), this.#rows?.selectedRange);
  }

  /** Lines that are not drawn are copied too; a part of one line is left to the browser. */
  readonly #copied = (event: ClipboardEvent): void => {
    if (this.#rows?.selectedRange === undefined || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', this.#textToCopy());
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const key = areaKey(event, event.target instanceof HTMLInputElement);
    if (key === 'wrap') this.#asked('wrap');
    else if (key === 'next' || key === 'previous') this.#searchAsked(key);
    else if (key !== 'end' || this.#rows?.endSelection() === true) return;
    else if (this.#searching.isOpen) this.#searchAsked('close');
    else return;
    event.preventDefault();
  };

  #followChanged(): void {
    const following = this.#rows?.follow.following ?? true;
    if (this.#state.following !== following) this.#choose({ following });
    this.requestUpdate();
  }

  #tell(message: LogWebviewMessage): void {
    this.intend(this.area === 0 ? message : { ...message, area: this.area });
  }

  get #rows(): LogRows | undefined {
    return this.querySelector<LogRows>('kr-log-rows') ?? undefined;
  }
}

customElements.define('kr-log', LogArea);
