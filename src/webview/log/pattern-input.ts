import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { icon, spoken } from '../icon.ts';
import type { PatternWish } from './pattern.ts';
import { expressionOf } from './pattern.ts';

export interface PatternInput {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly icon: string;
  readonly wish: PatternWish;
  /** Why what was typed is no regular expression. */
  readonly invalid: string | undefined;
  readonly choose: (wish: PatternWish) => void;
  /** Escape, Enter and others; what it does with them is its own affair. */
  readonly pressed: (event: KeyboardEvent) => void;
  /** Empties it by its button; undefined where there is none. */
  readonly clear: (() => void) | undefined;
}

/** A field for text or a regular expression, with the toggle between the two and what is wrong with an expression below. */
export function patternInput(input: PatternInput): TemplateResult {
  const { id, wish, invalid, choose, clear } = input;
  const typed = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) choose({ ...wish, text: event.target.value });
  };
  const isExpression = expressionOf(wish) !== undefined;
  return html`<div class="pattern ${input.name}">
    ${icon(input.icon)}
    <input
      type="text"
      placeholder=${input.placeholder}
      aria-label=${input.label}
      aria-invalid=${invalid === undefined ? 'false' : 'true'}
      aria-describedby=${invalid === undefined ? nothing : `${id}-invalid`}
      spellcheck="false"
      autocomplete="off"
      .value=${wish.text}
      @input=${typed}
      @keydown=${input.pressed}
    />
    <span class="pattern-buttons">
      ${
        clear === undefined || wish.text === ''
          ? nothing
          : html`<button type="button" class="pattern-button" title="Clear (Escape)" @click=${clear}>
              ${icon('close')}${spoken('Clear')}
            </button>`
      }
      <button
        type="button"
        class="pattern-button"
        title="Use a regular expression (RE2), which text between slashes also is"
        aria-pressed=${wish.regex || isExpression ? 'true' : 'false'}
        @click=${() => choose(isExpression && !wish.regex ? { text: wish.text.slice(1, -1), regex: false } : { ...wish, regex: !wish.regex })}
      >
        ${icon('regex')}${spoken('Use a regular expression')}
      </button>
    </span>
    ${
      invalid === undefined
        ? nothing
        : html`<p class="pattern-invalid" id="${id}-invalid">Not a regular expression: ${invalid}</p>`
    }
  </div>`;
}
