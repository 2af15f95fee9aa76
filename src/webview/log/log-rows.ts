import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { LightElement } from '../light-element.ts';
import type { LogEntry } from './entry.ts';
import type { FollowState } from './follow.ts';
import { afterLines, afterScroll, FOLLOWING } from './follow.ts';
import { highlightMatches } from './highlight.ts';
import { drawRow } from './log-row.ts';
import type { LogChange, LogStore } from './log-store.ts';
import { firstNotBefore } from './time-order.ts';
import { windowRange } from './window-range.ts';

/** The event told when following begins or ends, or the number of unseen lines changes. */
const FOLLOW_CHANGED = 'kr-follow';

/** Only the rows in view exist, all of one height; a row keeps its element as long as it stays in view. */
export class LogRows extends LightElement {
  static override properties = { store: { attribute: false } };
  declare store: LogStore | undefined;
  #follow: FollowState = FOLLOWING;
  #rows = new Map<LogEntry, HTMLElement>();
  #lastTop = 0;
  #lastEvicted = 0;
  #rowHeight = 0;
  readonly #resized = new ResizeObserver(() => {
    this.#rowHeight = 0;
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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override render(): TemplateResult {
    return html`<div
      class="log-scroll"
      role="log"
      aria-live="off"
      aria-label="Log lines"
      tabindex="0"
      @scroll=${() => this.#scrolled()}
    >
      <div class="log-space"><div class="log-window"></div></div>
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#part('.log-scroll'));
  }

  /** Goes to the newest line and stays there. */
  toEnd(): void {
    this.follow = FOLLOWING;
    this.draw();
  }

  override focus(): void {
    this.#part('.log-scroll').focus();
  }

  /** Keeps what is being read where it is, while lines come and the oldest leave. */
  changed(change: LogChange): void {
    if (this.store === undefined || !this.hasUpdated) return;
    const gone = this.store.shown.evicted - this.#lastEvicted;
    this.#lastEvicted = this.store.shown.evicted;
    this.follow = afterLines(this.#follow, change.added);
    if (this.#follow.following || this.#rowHeight === 0) return;
    const scroll = this.#part('.log-scroll');
    const topRow = Math.floor(scroll.scrollTop / this.#rowHeight);
    const above = change.insertedAt.filter((place) => place < topRow).length;
    if (above !== gone) this.#moveTo((scroll.scrollTop += (above - gone) * this.#rowHeight));
  }

  /** Another list is shown: what was at the top stays near it, by time. */
  replaced(topEntry: LogEntry | undefined): void {
    const shown = this.store?.shown;
    this.#lastEvicted = shown?.evicted ?? 0;
    if (shown === undefined || this.#follow.following || topEntry === undefined) return this.draw();
    this.draw(firstNotBefore(shown, topEntry.at) * this.#rowHeight);
  }

  /** The entry at the top of the view. */
  get topEntry(): LogEntry | undefined {
    if (this.#rowHeight === 0) return undefined;
    return this.store?.shown.at(Math.floor(this.#part('.log-scroll').scrollTop / this.#rowHeight));
  }

  /** Draws the rows in view. Does nothing while the log is not laid out. */
  draw(top?: number): void {
    const store = this.store;
    if (store === undefined || !this.hasUpdated) return;
    const scroll = this.#part('.log-scroll');
    const height = scroll.clientHeight;
    if (height === 0) return;
    const rowHeight = this.#measureRow();
    const space = this.#part('.log-space');
    const total = store.shown.length;
    space.style.height = `${total * rowHeight}px`;
    space.style.setProperty('--log-longest', String(store.longest));
    space.style.setProperty('--log-label', String(store.longestLabel));
    if (this.#follow.following) this.#moveTo(Math.max(0, total * rowHeight - height + 2 * rowHeight));
    else if (top !== undefined) this.#moveTo(top);
    const range = windowRange(scroll.scrollTop, height, rowHeight, total);
    const list = this.#part('.log-window');
    list.style.transform = `translateY(${range.first * rowHeight}px)`;
    this.#fill(list, store, range.first, range.end);
    highlightMatches(list, store.filter.text);
  }

  #fill(list: HTMLElement, store: LogStore, first: number, end: number): void {
    const wanted: LogEntry[] = [];
    for (let index = first; index < end; index++) {
      const entry = store.shown.at(index);
      if (entry !== undefined) wanted.push(entry);
    }
    const kept = new Set(wanted);
    const free: HTMLElement[] = [];
    for (const [entry, row] of this.#rows) {
      if (kept.has(entry)) continue;
      free.push(row);
      this.#rows.delete(entry);
    }
    wanted.forEach((entry, place) => {
      let row = this.#rows.get(entry);
      if (row === undefined) {
        row = free.pop() ?? document.createElement('div');
        drawRow(row, entry, entry.kind === 'line' ? store.source(entry.source) : undefined);
        this.#rows.set(entry, row);
      }
      const there = list.children[place];
      if (there !== row) list.insertBefore(row, there ?? null);
    });
    for (const row of free) row.remove();
  }

  #scrolled(): void {
    const scroll = this.#part('.log-scroll');
    const { scrollTop: top, scrollHeight, clientHeight } = scroll;
    if (clientHeight === 0) return;
    const toEnd = scrollHeight - top - clientHeight;
    const rowHeight = this.#measureRow();
    this.follow = afterScroll(this.#follow, { top, lastTop: this.#lastTop, toEnd, rowHeight });
    this.#lastTop = top;
    this.draw();
  }

  #moveTo(top: number): void {
    const scroll = this.#part('.log-scroll');
    scroll.scrollTop = top;
    this.#lastTop = scroll.scrollTop;
  }

  #measureRow(): number {
    if (this.#rowHeight > 0) return this.#rowHeight;
    const height = Number.parseFloat(getComputedStyle(this.#part('.log-scroll')).lineHeight);
    this.#rowHeight = Number.isFinite(height) && height > 0 ? height : 19;
    return this.#rowHeight;
  }

  #part(selector: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`The log has no ${selector}`);
    return found;
  }
}

customElements.define('kr-log-rows', LogRows);
