import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { icon, spoken } from '../icon.ts';
import { LightElement } from '../light-element.ts';
import { count } from '../time-format.ts';
import { patternInput } from './pattern-input.ts';
import type { PatternWish } from './pattern.ts';

/** What the search bar shows. */
export interface SearchModel {
  readonly id: string;
  readonly wish: PatternWish;
  readonly invalid: string | undefined;
  /** Lines found so far. */
  readonly found: number;
  /** Which of them is the current one, from 1; 0 where none is. */
  readonly at: number;
  /** False while lines are still being searched. */
  readonly complete: boolean;
}

export type SearchAsked = PatternWish | 'next' | 'previous' | 'close';

/** The event by which the bar asks for another search, a step in it, or its end. */
const SEARCH = 'kr-search';

/** Finds lines without hiding the others. */
export class LogSearch extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: SearchModel | undefined;

  override focus(): void {
    const input = this.querySelector('input');
    input?.focus();
    input?.select();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (model === undefined) return nothing;
    return html`<div class="log-search" role="search">
      ${patternInput({
        id: `${model.id}-search`,
        name: 'log-search-text',
        label: 'Search log lines',
        placeholder: 'Search',
        icon: 'search',
        wish: model.wish,
        invalid: model.invalid,
        choose: (wish) => this.#ask(wish),
        pressed: (event) => this.#pressed(event),
        clear: undefined,
      })}
      <span class="log-search-count">${searchWords(model)}</span>
      ${this.#button('previous', 'Previous match (Shift+Enter)', 'arrow-up', model.found === 0)}
      ${this.#button('next', 'Next match (Enter)', 'arrow-down', model.found === 0)}
      ${this.#button('close', 'Close (Escape)', 'close', false)}
    </div>`;
  }

  #button(
    asked: 'next' | 'previous' | 'close',
    title: string,
    codicon: string,
    disabled: boolean,
  ): TemplateResult {
    return html`<button
      type="button"
      class="pattern-button"
      title=${title}
      ?disabled=${disabled}
      @click=${() => this.#ask(asked)}
    >
      ${icon(codicon)}${spoken(title)}
    </button>`;
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#ask(event.shiftKey ? 'previous' : 'next');
    }
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#ask('close');
  }

  #ask(asked: SearchAsked): void {
    this.dispatchEvent(new CustomEvent<SearchAsked>(SEARCH, { detail: asked }));
  }
}

/** `3 of 128`, `128 lines`, `No line`; with dots while lines are still being searched. */
function searchWords({ wish, invalid, found, at, complete }: SearchModel): string {
  if (wish.text === '' || invalid !== undefined) return '';
  const more = complete ? '' : '…';
  if (found === 0) return complete ? 'No line' : '…';
  return at > 0 ? `${count(at)} of ${count(found)}${more}` : `${count(found)}${more}`;
}

customElements.define('kr-log-search', LogSearch);
