import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { LogStatusModel } from '../../shared/messages.ts';
import { icon, spoken } from '../icon.ts';
import { LightElement } from '../light-element.ts';
import { count } from '../time-format.ts';
import type { LogFilter } from './filter.ts';
import { patternInput } from './pattern-input.ts';

/** Where a log area stands: beside the steps, alone in an editor, or as one of two. */
export type LogPlace = 'panel' | 'editor' | 'split';

/** The event by which the toolbar asks for another filter. */
const FILTER_CHOSEN = 'kr-filter';
/** The event by which the toolbar asks for something else. */
const ASKED = 'kr-asked';
export type Asked =
  'follow' | 'previous' | 'stamps' | 'wrap' | 'search' | 'copy' | 'save' | 'scope' | 'fullSize' | 'split';

/** What the toolbar shows as switched on or off, and counted. */
export interface ToolbarModel {
  readonly id: string;
  readonly place: LogPlace;
  readonly status: LogStatusModel | undefined;
  readonly filter: LogFilter;
  readonly invalid: string | undefined;
  readonly errors: number;
  readonly warnings: number;
  readonly following: boolean;
  readonly stamps: boolean;
  readonly wrap: boolean;
  readonly searching: boolean;
}

interface Switch {
  readonly label: string;
  readonly codicon: string;
  readonly title: string;
  readonly pressed: boolean;
  readonly number?: number;
}

/** Which logs, which lines of them, and how they are shown. */
export class LogToolbar extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: ToolbarModel | undefined;

  /** Puts the cursor into the filter. */
  focusFilter(): void {
    const input = this.querySelector('input');
    input?.focus();
    input?.select();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (model === undefined) return nothing;
    const { filter, status, place } = model;
    return html`<div class="log-toolbar" role="toolbar" aria-label="Log">
      <button
        type="button"
        class="toggle log-scope"
        title="Choose whose logs to show"
        @click=${() => this.#ask('scope')}
      >
        <span>${status?.scope ?? 'All pods'}</span>${icon('chevron-down')}
      </button>
      ${this.#filter(model)}
      ${this.#switch(
        {
          label: 'Errors',
          codicon: 'error',
          title: 'Show errors only',
          pressed: filter.errors,
          number: model.errors,
        },
        () => this.#choose({ ...filter, errors: !filter.errors }),
      )}
      ${this.#switch(
        {
          label: 'Warnings',
          codicon: 'warning',
          title: 'Show warnings only',
          pressed: filter.warnings,
          number: model.warnings,
        },
        () => this.#choose({ ...filter, warnings: !filter.warnings }),
      )}
      ${this.#asking('previous', 'Previous', 'history', 'Logs of each container’s last run', status?.previous ?? false)}
      ${this.#asking('follow', 'Follow', 'fold-down', 'Keep the newest line in view (End)', model.following)}
      <span class="log-tools">
        ${this.#tool('stamps', 'Time stamps', 'clockface', model.stamps)}
        ${this.#tool('wrap', 'Wrap lines (Alt+Z)', 'word-wrap', model.wrap)}
        ${this.#tool('search', 'Search (Ctrl+F)', 'search', model.searching)}
        ${this.#tool('copy', 'Copy what is selected, or the lines shown', 'copy')}
        ${this.#tool('save', 'Save lines as a file…', 'save')}
        ${place === 'panel' && status?.recorded === undefined ? this.#tool('fullSize', 'Open the logs in an editor of their own', 'screen-full') : nothing}
        ${place === 'panel' ? nothing : this.#tool('split', 'Two revisions side by side, as before and after a rollback', 'split-horizontal', place === 'split')}
      </span>
    </div>`;
  }

  #filter({ id, filter, invalid }: ToolbarModel): TemplateResult {
    return patternInput({
      id: `${id}-filter`,
      name: 'log-filter',
      label: 'Filter log lines by text or pod',
      placeholder: 'Filter ( / )',
      icon: 'filter',
      wish: filter,
      invalid,
      choose: ({ text, regex }) => this.#choose({ ...filter, text, regex }),
      pressed: (event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        this.#choose({ ...filter, text: '' });
      },
      clear: () => {
        this.#choose({ ...filter, text: '' });
        this.focusFilter();
      },
    });
  }

  #asking(asked: Asked, label: string, codicon: string, title: string, pressed: boolean): TemplateResult {
    return this.#switch({ label, codicon, title, pressed }, () => this.#ask(asked));
  }

  #switch({ label, codicon, title, pressed, number }: Switch, choose: () => void): TemplateResult {
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

  /** A button with an icon alone; `pressed` where it is a switch. */
  #tool(asked: Asked, title: string, codicon: string, pressed?: boolean): TemplateResult {
    return html`<button
      type="button"
      class="toggle log-tool"
      title=${title}
      aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'}
      @click=${() => this.#ask(asked)}
    >
      ${icon(codicon)}${spoken(title)}
    </button>`;
  }

  #choose(filter: LogFilter): void {
    this.dispatchEvent(new CustomEvent<LogFilter>(FILTER_CHOSEN, { detail: filter }));
  }

  #ask(asked: Asked): void {
    this.dispatchEvent(new CustomEvent<Asked>(ASKED, { detail: asked }));
  }
}

customElements.define('kr-log-toolbar', LogToolbar);
