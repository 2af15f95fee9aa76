import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { LogStatusModel } from '../../shared/messages.ts';
import { icon, spoken } from '../icon.ts';
import { LightElement } from '../light-element.ts';
import { count } from '../time-format.ts';
import type { LogFilter } from './filter.ts';
import { NO_FILTER } from './filter.ts';

/** The event by which the toolbar asks for another filter. */
const FILTER_CHOSEN = 'kr-filter';
/** The event by which the toolbar asks for something of the rows: to follow, or to copy what is shown. */
const ROWS_ASKED = 'kr-rows';
export type RowsAsked = 'follow' | 'leave' | 'copy';

/** Which logs, which lines of them, and whether the newest stays in view. */
export class LogToolbar extends LightElement {
  static override properties = {
    status: { attribute: false },
    filter: { attribute: false },
    errors: { type: Number },
    warnings: { type: Number },
    following: { type: Boolean },
  };
  declare status: LogStatusModel | undefined;
  declare filter: LogFilter | undefined;
  declare errors: number;
  declare warnings: number;
  declare following: boolean;

  /** Puts the cursor into the filter. */
  focusFilter(): void {
    const input = this.querySelector('input');
    input?.focus();
    input?.select();
  }

  protected override render(): TemplateResult {
    const filter = this.filter ?? NO_FILTER;
    const previous = this.status?.previous ?? false;
    return html`<div class="log-toolbar" role="toolbar" aria-label="Log">
      <button
        type="button"
        class="toggle log-scope"
        title="Choose whose logs to show"
        @click=${() => this.intend({ type: 'act', action: 'selectLogScope' })}
      >
        <span>${this.status?.scope ?? 'All pods'}</span>${icon('chevron-down')}
      </button>
      ${this.#input(filter)}
      ${this.#toggle('Errors', 'error', filter.errors, this.errors, 'Show errors only', () =>
        this.#choose({ ...filter, errors: !filter.errors }),
      )}
      ${this.#toggle('Warnings', 'warning', filter.warnings, this.warnings, 'Show warnings only', () =>
        this.#choose({ ...filter, warnings: !filter.warnings }),
      )}
      ${this.#toggle('Previous', 'history', previous, undefined, 'Logs of each container’s last run', () =>
        this.intend({ type: 'logs.previous', previous: !previous }),
      )}
      ${this.#toggle(
        'Follow',
        'fold-down',
        this.following,
        undefined,
        'Keep the newest line in view (End)',
        () => this.#ask(this.following ? 'leave' : 'follow'),
      )}
      <button
        type="button"
        class="toggle log-copy"
        title="Copy the lines shown"
        @click=${() => this.#ask('copy')}
      >
        ${icon('copy')}${spoken('Copy the lines shown')}
      </button>
    </div>`;
  }

  #input(filter: LogFilter): TemplateResult {
    return html`<div class="log-filter">
      ${icon('search')}
      <input
        type="text"
        placeholder="Filter ( / )"
        aria-label="Filter log lines by text or pod"
        spellcheck="false"
        autocomplete="off"
        .value=${filter.text}
        @input=${(event: Event) => this.#typed(event, filter)}
        @keydown=${(event: KeyboardEvent) => this.#escape(event, filter)}
      />
      ${
        filter.text === ''
          ? nothing
          : html`<button
              type="button"
              class="log-clear"
              title="Clear the filter (Escape)"
              @click=${() => {
                this.#choose({ ...filter, text: '' });
                this.focusFilter();
              }}
            >
              ${icon('close')}${spoken('Clear the filter')}
            </button>`
      }
    </div>`;
  }

  #toggle(
    label: string,
    codicon: string,
    pressed: boolean,
    number: number | undefined,
    title: string,
    choose: () => void,
  ): TemplateResult {
    return html`<button
      type="button"
      class="toggle ${number !== undefined && number > 0 ? `some-${label.toLowerCase()}` : ''}"
      title=${title}
      aria-pressed=${pressed ? 'true' : 'false'}
      @click=${choose}
    >
      ${icon(codicon)}<span class="toggle-label">${label}</span>${
        number === undefined ? nothing : html`<span class="toggle-count">${count(number)}</span>`
      }
    </button>`;
  }

  #typed(event: Event, filter: LogFilter): void {
    if (event.target instanceof HTMLInputElement) this.#choose({ ...filter, text: event.target.value });
  }

  #escape(event: KeyboardEvent, filter: LogFilter): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#choose({ ...filter, text: '' });
  }

  #choose(filter: LogFilter): void {
    this.dispatchEvent(new CustomEvent<LogFilter>(FILTER_CHOSEN, { detail: filter }));
  }

  #ask(asked: RowsAsked): void {
    this.dispatchEvent(new CustomEvent<RowsAsked>(ROWS_ASKED, { detail: asked }));
  }
}

customElements.define('kr-log-toolbar', LogToolbar);
