import type { PropertyValues, TemplateResult } from 'lit';
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PanelModel } from '../shared/panel-model.ts';
import { changeWords } from './changes.ts';
import { LightElement } from './light-element.ts';

/** How many of the last changes are kept: a reader takes what is added, one after the other. */
const MOST_KEPT = 10;

/** Says to a screen reader what changes, each change once; a picture has nothing of it. */
export class SpokenChanges extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: PanelModel | undefined;
  #said: readonly { readonly id: number; readonly words: string }[] = [];
  #count = 0;

  protected override willUpdate(changed: PropertyValues): void {
    const before: unknown = changed.get('model');
    const after = this.model;
    if (!changed.has('model') || after === undefined) return;
    this.#say(isModel(before) ? changeWords(before, after) : [after.announcement]);
  }

  protected override render(): TemplateResult {
    return html`<div class="spoken" role="status" aria-live="polite" aria-atomic="false">
      ${repeat(
        this.#said,
        ({ id }) => id,
        ({ words }) => html`<p>${words}</p>`,
      )}
    </div>`;
  }

  #say(words: readonly string[]): void {
    const added = words.map((each) => ({ id: this.#count++, words: each }));
    if (added.length > 0) this.#said = [...this.#said, ...added].slice(-MOST_KEPT);
  }
}

/** What the element itself was given before. */
function isModel(value: unknown): value is PanelModel {
  return typeof value === 'object' && value !== null && 'checklist' in value;
}

customElements.define('kr-spoken', SpokenChanges);
