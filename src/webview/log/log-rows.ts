import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { LightElement } from '../light-element.ts';
import type { LogEntry } from './entry.ts';
import type { FollowState } from './follow.ts';
import { afterLines, afterScroll, FOLLOWING } from './follow.ts';
import { Highlights } from './highlight.ts';
import { indexOf } from './list-index.ts';
import { drawRow } from './log-row.ts';
import type { LogSelection } from './log-selection.ts';
import { selectionIn } from './log-selection.ts';
import type { LogStore } from './log-store.ts';
import { RowPlaces } from './row-places.ts';
import { RowPool } from './row-pool.ts';
import type { TextSize } from './text-size.ts';
import { measureText } from './text-size.ts';
import { firstNotBefore } from './time-order.ts';

/** The event told when following begins or ends, or the number of unseen lines changes. */
const FOLLOW_CHANGED = 'kr-follow';
/** Rows drawn beyond each edge, so that a quick scroll meets rows and not a blank. */
const BEYOND = 8;
/** Where in the view what was looked for is put: a third from the top. */
const IN_VIEW = 1 / 3;
const EDGE = 12;

/** Only the rows in view exist; a row keeps its element as long as it stays in view. */
export class LogRows extends LightElement {
  static override properties = { store: { attribute: false } };
  declare store: LogStore | undefined;
  #follow: FollowState = FOLLOWING;
  #places: RowPlaces | undefined;
  readonly #highlights = new Highlights();
  readonly #pool = new RowPool((row, entry) =>
    drawRow(row, entry, entry.kind === 'line' ? this.store?.source(entry.source) : undefined),
  );
  #lastTop = 0;
  #text: TextSize | undefined;
  #wrap = false;
  #stamps = true;
  #all = false;
  /** The match that the search is at. */
  #current: LogEntry | undefined;
  readonly #resized = new ResizeObserver(() => {
    this.#text = undefined;
    this.draw();
  });

  get follow(): FollowState {
    return this.#follow;
  }
  set follow(state: FollowState) {
    if (state.following === this.#follow.following && state.unseen === this.#follow.unseen) return;
    this.#follow = state;
    this.dispatchEvent(new CustomEvent(FOLLOW_CHANGED));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('selectionchange', this.#selected);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('selectionchange', this.#selected);
    this.#resized.disconnect();
    this.#highlights.clear();
  }

  protected override render(): TemplateResult {
    return html`<div
      class="log-scroll"
      role="log"
      aria-live="off"
      aria-label="Log lines"
      tabindex="0"
      @scroll=${() => this.#scrolled()}
      @keydown=${(event: KeyboardEvent) => this.#pressed(event)}
    >
      <div class="log-space"><div class="log-window"></div></div>
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#part('.log-scroll'));
    if (this.store === undefined) return;
    this.#places = new RowPlaces(this.store);
    this.store.watchShown(this.#places);
  }

  /** Goes to the newest line and stays there. */
  toEnd(): void {
    this.follow = FOLLOWING;
    this.draw();
  }

  override focus(): void {
    this.#part('.log-scroll').focus();
  }

  /** Changes how lines are drawn; what is at the top stays there. */
  setLook({ wrap, stamps }: { readonly wrap: boolean; readonly stamps: boolean }): void {
    if (wrap === this.#wrap && stamps === this.#stamps) return;
    const top = this.topEntry;
    this.#wrap = wrap;
    this.#stamps = stamps;
    this.replaced(top);
  }

  /** So many new lines are among those shown. */
  added(lines: number): void {
    this.follow = afterLines(this.#follow, lines);
  }

  /** Another list is shown, or it is laid out anew: what was at the top stays near it, by time. */
  replaced(topEntry: LogEntry | undefined): void {
    const shown = this.store?.shown;
    this.#places?.forget();
    if (shown === undefined || this.#follow.following || topEntry === undefined) return this.draw();
    this.draw({ index: firstNotBefore(shown, topEntry.at), at: 0 });
  }

  /** The entry at the top of the view. */
  get topEntry(): LogEntry | undefined {
    if (this.#text === undefined || this.#places === undefined) return undefined;
    const row = this.#part('.log-scroll').scrollTop / this.#text.rowHeight;
    return this.store?.shown.at(this.#places.layout.indexAt(row));
  }

  /** Scrolls to the first entry that is not before `at`; false while all that are shown are earlier. */
  goTo(at: string): boolean {
    const shown = this.store?.shown;
    if (shown === undefined) return false;
    const index = firstNotBefore(shown, at);
    if (index === shown.length) return false;
    this.follow = { following: false, unseen: 0 };
    this.draw({ index, at: IN_VIEW });
    return true;
  }

  /** Makes `entry` the search's current match and brings it into view; undefined for none. */
  showMatch(entry: LogEntry | undefined): void {
    this.#current = entry;
    const shown = this.store?.shown;
    const index = entry === undefined || shown === undefined ? -1 : indexOf(shown, entry);
    if (index < 0 || this.#isInView(index)) return this.draw();
    this.follow = { following: false, unseen: 0 };
    this.draw({ index, at: IN_VIEW });
  }

  /** The lines selected, as places in the list shown; undefined where the page's own copying does what is wanted. */
  get selectedRange(): { readonly from: number; readonly end: number } | undefined {
    const shown = this.store?.shown;
    if (shown === undefined) return undefined;
    if (this.#all) return { from: 0, end: shown.length };
    const selection = this.#selection();
    if (selection === undefined || selection.from === selection.to) return undefined;
    // An end that has left the list was its oldest part.
    const from = Math.max(0, indexOf(shown, selection.from));
    return { from, end: Math.max(from, indexOf(shown, selection.to)) + 1 };
  }

  /** Draws the rows in view, at `wanted` where that is given. Does nothing while the log is not laid out. */
  draw(wanted?: { readonly index: number; readonly at: number }): void {
    const { store } = this;
    const places = this.#places;
    if (store === undefined || places === undefined || !this.hasUpdated) return;
    const scroll = this.#part('.log-scroll');
    const height = scroll.clientHeight;
    if (height === 0) return;
    const { rowHeight, charWidth } = (this.#text ??= measureText(scroll));
    const columns = Math.floor((scroll.clientWidth - 2 * EDGE) / charWidth);
    const room = { columns, label: store.longestLabel, stamps: this.#stamps };
    const relaid = places.lay(this.#wrap ? room : undefined);
    scroll.classList.toggle('log-wrap', this.#wrap);
    scroll.classList.toggle('log-hangs', this.#wrap && places.hangs);
    scroll.classList.toggle('log-no-stamps', !this.#stamps);
    scroll.classList.toggle('log-all', this.#all);
    const space = this.#part('.log-space');
    space.style.setProperty('--log-longest', String(store.longest));
    space.style.setProperty('--log-label', String(store.longestLabel));
    space.style.setProperty('--log-before', String(places.before));
    const list = this.#part('.log-window');
    let moved = places.takeShift();
    let target = wanted ?? (relaid ? { index: places.top, at: 0 } : undefined);
    // Rows that wrap are measured as they are drawn; where that changes what is in view, they are drawn once more.
    for (let pass = 0; pass < 3; pass++) {
      const { layout } = places;
      space.style.height = `${layout.rows * rowHeight}px`;
      if (this.#follow.following) this.#moveTo(Math.max(0, layout.rows * rowHeight - height + 2 * rowHeight));
      else if (target !== undefined)
        this.#moveTo(
          layout.rowsBefore(target.index) * rowHeight -
            Math.floor((height * target.at) / rowHeight) * rowHeight,
        );
      else if (moved !== 0) this.#moveTo(scroll.scrollTop + moved * rowHeight);
      const first = Math.max(0, layout.indexAt(scroll.scrollTop / rowHeight) - BEYOND);
      const last = layout.indexAt((scroll.scrollTop + height) / rowHeight) + BEYOND;
      places.top = layout.indexAt(scroll.scrollTop / rowHeight);
      list.style.transform = `translateY(${layout.rowsBefore(first) * rowHeight}px)`;
      const entries = this.#fill(list, store, first, last);
      if (!this.#wrap) break;
      moved = places.correct(
        first,
        entries.map((entry) => Math.round((this.#pool.rowOf(entry)?.offsetHeight ?? 0) / rowHeight)),
      );
      if (!places.corrected) break;
      target = pass === 0 ? target : undefined;
    }
    this.#highlight(store);
  }

  #fill(list: HTMLElement, store: LogStore, first: number, last: number): readonly LogEntry[] {
    const entries: LogEntry[] = [];
    for (let index = first; index <= last; index++) {
      const entry = store.shown.at(index);
      if (entry !== undefined) entries.push(entry);
    }
    const pinned = new Map<LogEntry, 'above' | 'below'>();
    const selection = this.#selection();
    for (const end of selection === undefined ? [] : [selection.from, selection.to])
      pinned.set(end, indexOf(store.shown, end) < first ? 'above' : 'below');
    this.#pool.fill(list, entries, pinned);
    return entries;
  }

  #highlight(store: LogStore): void {
    this.#highlights.clear();
    const sought = { filter: store.pattern, search: store.searched, current: this.#current };
    if (sought.filter.empty && sought.search === undefined) return;
    for (const row of this.#part('.log-window').children)
      this.#highlights.markRow(row, this.#pool.entryOf(row), sought);
  }

  #isInView(index: number): boolean {
    const { layout } = this.#places ?? {};
    if (layout === undefined || this.#text === undefined) return false;
    const scroll = this.#part('.log-scroll');
    const { rowHeight } = this.#text;
    const top = layout.rowsBefore(index) * rowHeight;
    return top >= scroll.scrollTop && top + rowHeight <= scroll.scrollTop + scroll.clientHeight;
  }

  #selection(): LogSelection | undefined {
    return selectionIn(this.#part('.log-window'), this.#pool);
  }

  #scrolled(): void {
    const scroll = this.#part('.log-scroll');
    const { scrollTop: top, scrollHeight, clientHeight } = scroll;
    if (clientHeight === 0) return;
    const toEnd = scrollHeight - top - clientHeight;
    const rowHeight = this.#measure();
    this.follow = afterScroll(this.#follow, { top, lastTop: this.#lastTop, toEnd, rowHeight });
    this.#lastTop = top;
    this.draw();
  }

  /** Ctrl+A selects every line shown, in view or not. */
  #pressed(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'a') return;
    event.preventDefault();
    getSelection()?.removeAllRanges();
    this.#all = true;
    this.draw();
  }

  readonly #selected = (): void => {
    if (!this.#all || getSelection()?.isCollapsed !== false) return;
    this.#all = false;
    this.draw();
  };

  /** Ends what Ctrl+A has selected; false where nothing was. */
  endSelection(): boolean {
    if (!this.#all) return false;
    this.#all = false;
    this.draw();
    return true;
  }

  #moveTo(top: number): void {
    const scroll = this.#part('.log-scroll');
    scroll.scrollTop = top;
    this.#lastTop = scroll.scrollTop;
  }

  #measure(): number {
    this.#text ??= measureText(this.#part('.log-scroll'));
    return this.#text.rowHeight;
  }

  #part(selector: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`The log has no ${selector}`);
    return found;
  }
}

customElements.define('kr-log-rows', LogRows);
