import type { PropertyValues, TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { HostMessage } from '../shared/messages.ts';
import type { PanelModel } from '../shared/panel-model.ts';
import { actMessage } from './action-button.ts';
import './check-list.ts';
import './figures-row.ts';
import { LightElement } from './light-element.ts';
import { areaInUse, areasIn, logAreas } from './log/log-areas.ts';
import { isLogMessage } from './log/log-queue.ts';
import './panel-header.ts';
import { panelKey } from './panel-keys.ts';
import { panelTabs } from './panel-tabs.ts';
import './phases-bar.ts';
import { reminderLine } from './reminder-line.ts';
import './spoken-changes.ts';
import type { StepList } from './step-list.ts';
import './step-list.ts';
import './task-list.ts';
import type { ViewMemory, ViewState } from './view-memory.ts';

/** Under this width steps and logs take turns. The style sheet has the same number. */
const ONE_COLUMN = '(max-width: 499px)';

/** Everything the panel shows. It draws what the host says and hands on what the person wants. */
export class RunbookPanel extends LightElement {
  static override properties = {
    model: { attribute: false },
    narrow: { state: true },
    titles: { state: true },
  };
  declare model: PanelModel | undefined;
  declare narrow: boolean;
  /** Of the log areas, where there can be two; undefined where there is one. */
  declare titles: readonly string[] | undefined;
  /** Set before the element is put to use, by `main.ts`. */
  declare memory: ViewMemory | undefined;
  readonly #width = matchMedia(ONE_COLUMN);
  /** The newest model that came while the panel was hidden. */
  #unseen: PanelModel | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.narrow = this.#width.matches;
    this.#width.addEventListener('change', this.#widthChanged);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    document.addEventListener('keydown', this.#keyPressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.removeEventListener('change', this.#widthChanged);
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    document.removeEventListener('keydown', this.#keyPressed);
  }

  /** Takes one message of the host. */
  receive(message: HostMessage): void {
    if (isLogMessage(message)) areasIn(this)[message.area ?? 0]?.receive(message);
    else if (message.type === 'areas') this.#showAreas(message.titles);
    else if (message.type === 'focus') this.#focusArea(message.area);
    else if (message.type === 'model' && document.hidden) this.#unseen = message.model;
    else if (message.type === 'model') this.model = message.model;
  }

  protected override firstUpdated(): void {
    this.intend({ type: 'ready' });
    areasIn(this)[0]?.begin();
  }

  protected override updated(_changed: PropertyValues): void {
    document.title = this.model?.header.name ?? 'Rollback';
  }

  protected override render(): TemplateResult {
    const model = this.model;
    const tab = this.memory?.state.tab ?? 'steps';
    const { titles = ['Logs'] } = this;
    return html`<div class="panel" data-tab=${tab}>
      <div class="panel-top">
        <kr-header .model=${model?.header}></kr-header>
        ${reminderLine(model?.reminder, (message) => this.intend(message))}
        <kr-phases .phases=${model?.phases}></kr-phases>
        ${this.narrow ? panelTabs(tab, (chosen) => this.#chooseTab(chosen)) : nothing}
      </div>
      <main class="panel-main">
        ${this.#side('steps', 'Steps and checklist', this.#steps(model))}
        ${this.#side(
          'logs',
          'Figures and logs',
          html`<kr-figures .figures=${model?.figures}></kr-figures>
            <div class="logs-areas ${titles.length > 1 ? 'logs-split' : ''}">
              ${logAreas(titles, this.titles === undefined ? 'panel' : 'editor', this.memory)}
            </div>`,
        )}
      </main>
      <kr-spoken .model=${model}></kr-spoken>
    </div>`;
  }

  #steps(model: PanelModel | undefined): TemplateResult {
    if (model === undefined) return html`<p class="panel-waiting">Reading the deployment…</p>`;
    return html`<kr-steps .steps=${model.steps} .memory=${this.memory}></kr-steps>
      <kr-checklist .checklist=${model.checklist} .memory=${this.memory}></kr-checklist>
      <kr-tasks .tasks=${model.tasks} .memory=${this.memory}></kr-tasks>`;
  }

  /** In one column a side is a tab's panel, in two a region. */
  #side(name: ViewState['tab'], label: string, content: TemplateResult): TemplateResult {
    return html`<div
      class="panel-${name}"
      id="panel-${name}"
      role=${this.narrow ? 'tabpanel' : 'region'}
      aria-label=${this.narrow ? nothing : label}
      aria-labelledby=${this.narrow ? `tab-${name}` : nothing}
    >
      ${content}
    </div>`;
  }

  #focusArea(area: ViewState['tab']): void {
    this.#chooseTab(area);
    if (area === 'logs') areasIn(this)[0]?.focus();
    else this.querySelector<StepList>('kr-steps')?.focusCurrent();
  }

  /** A second area begins once it is there; the first goes on as it is. */
  #showAreas(titles: readonly string[]): void {
    const before = areasIn(this).length;
    this.titles = titles;
    this.performUpdate();
    for (const area of areasIn(this).slice(before)) area.begin();
  }

  #chooseTab(tab: ViewState['tab']): void {
    if (this.memory === undefined || this.memory.state.tab === tab) return;
    this.memory.change({ tab });
    // At once, so that what is focused next is in view.
    this.requestUpdate();
    this.performUpdate();
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    // What scrolls by itself keeps End for its own end.
    const keepsKeys = event.target instanceof HTMLInputElement || event.target instanceof HTMLPreElement;
    const key = panelKey(event, keepsKeys);
    if (key === undefined) return;
    event.preventDefault();
    const primary = this.model?.header.primary;
    if (key === 'primary' && primary !== undefined) this.intend(actMessage(primary));
    if (key === 'primary') return;
    this.#chooseTab('logs');
    const log = areaInUse(this);
    if (key === 'filter') log?.focusFilter();
    else if (key === 'search') log?.search();
    else log?.follow();
  };

  readonly #widthChanged = (): void => {
    this.narrow = this.#width.matches;
  };

  readonly #visibilityChanged = (): void => {
    if (document.hidden || this.#unseen === undefined) return;
    this.model = this.#unseen;
    this.#unseen = undefined;
  };
}

customElements.define('kr-panel', RunbookPanel);
