import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { HostMessage } from '../shared/messages.ts';
import { LightElement } from './light-element.ts';
import { areaInUse, areasIn, logAreas } from './log/log-areas.ts';
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
    if (isLogMessage(message)) areasIn(this)[message.area ?? 0]?.receive(message);
    else if (message.type === 'areas') this.#show(message.titles, message.panel);
    else if (message.type === 'focus') areasIn(this)[0]?.focus();
  }

  protected override firstUpdated(): void {
    this.intend({ type: 'ready' });
    areasIn(this)[0]?.begin();
  }

  protected override render(): TemplateResult {
    const split = this.titles.length > 1;
    return html`<main class="logs-editor ${split ? 'logs-split' : ''}">
      <h1 class="spoken">${this.titles.join(', ')}</h1>
      ${logAreas(this.titles, 'editor', this.memory)}
    </main>`;
  }

  /** A second area begins once it is there; the first goes on as it is. */
  #show(titles: readonly string[], panel: string): void {
    const before = this.titles.length;
    this.memory?.change({ panel });
    this.titles = titles;
    document.title = titles.join(' · ');
    this.performUpdate();
    for (const area of areasIn(this).slice(before)) area.begin();
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    const key = panelKey(event, event.target instanceof HTMLInputElement);
    if (key === undefined || key === 'primary') return;
    event.preventDefault();
    const area = areaInUse(this);
    if (key === 'filter') area?.focusFilter();
    else if (key === 'search') area?.search();
    else area?.follow();
  };
}

customElements.define('kr-logs-editor', LogsEditor);
