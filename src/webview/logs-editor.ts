import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { HostMessage } from '../shared/messages.ts';
import { LightElement } from './light-element.ts';
import type { LogArea } from './log/log-area.ts';
import './log/log-area.ts';
import { isLogMessage } from './log/log-queue.ts';
import { panelKey } from './panel-keys.ts';
import type { ViewMemory } from './view-memory.ts';

/** The Logs editor: one log area over all of it, or two side by side, each with its own filter. */
export class LogsEditor extends LightElement {
  static override properties = { titles: { state: true } };
  declare titles: readonly string[];
  /** Set before the element is put to use, by `main.ts`. */
  declare memory: ViewMemory | undefined;

  constructor() {
    super();
    this.titles = ['Logs'];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#keyPressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#keyPressed);
  }

  /** Takes one message of the host. */
  receive(message: HostMessage): void {
    if (isLogMessage(message)) this.#areas[message.area ?? 0]?.receive(message);
    else if (message.type === 'areas') this.#show(message.titles, message.panel);
    else if (message.type === 'focus') this.#areas[0]?.focus();
  }

  protected override firstUpdated(): void {
    this.intend({ type: 'ready' });
    this.#areas[0]?.begin();
  }

  protected override render(): TemplateResult {
    const split = this.titles.length > 1;
    return html`<main class="logs-editor ${split ? 'logs-split' : ''}">
      <h1 class="spoken">${this.titles.join(', ')}</h1>
      ${repeat(
        this.titles,
        (_title, area) => area,
        (title, area) =>
          html`<section class="logs-area" aria-label=${title}>
            ${split ? html`<div class="logs-title" aria-hidden="true">${title}</div>` : nothing}
            <kr-log
              .area=${area}
              .place=${split ? 'split' : 'editor'}
              .name=${title}
              .memory=${this.memory?.log(area)}
            ></kr-log>
          </section>`,
      )}
    </main>`;
  }

  /** A second area begins once it is there; the first goes on as it is. */
  #show(titles: readonly string[], panel: string): void {
    const before = this.titles.length;
    this.memory?.change({ panel });
    this.titles = titles;
    document.title = titles.join(' · ');
    this.performUpdate();
    for (const area of this.#areas.slice(before)) area.begin();
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    const key = panelKey(event, event.target instanceof HTMLInputElement);
    if (key === undefined || key === 'primary') return;
    event.preventDefault();
    const [first] = this.#areas;
    const area = this.#areas.find((one) => one.contains(document.activeElement)) ?? first;
    if (key === 'filter') area?.focusFilter();
    else if (key === 'search') area?.search();
    else area?.follow();
  };

  get #areas(): readonly LogArea[] {
    return [...this.querySelectorAll<LogArea>('kr-log')];
  }
}

customElements.define('kr-logs-editor', LogsEditor);
