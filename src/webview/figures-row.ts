import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { FigureModel } from '../shared/panel-model.ts';
import { icon, spoken } from './icon.ts';
import { LightElement } from './light-element.ts';
import { actMessage } from './action-button.ts';
import { sparkline } from './sparkline.ts';

const TONES: Readonly<Record<FigureModel['tone'], { readonly icon: string; readonly words: string }>> = {
  ok: { icon: 'check', words: ', good' },
  failed: { icon: 'error', words: ', bad' },
  warning: { icon: 'warning', words: ', to be watched' },
  plain: { icon: '', words: '' },
};

/** The few numbers that one reads from afar. */
export class FiguresRow extends LightElement {
  static override properties = { figures: { attribute: false } };
  declare figures: readonly FigureModel[] | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.figures === undefined || this.figures.length === 0) return nothing;
    return html`<dl class="figures">
      ${this.figures.map((figure) => {
        const tone = TONES[figure.tone];
        return html`<div class="figure figure-${figure.tone}" title=${figure.hint ?? figure.note}>
          <dt>${figure.title}</dt>
          <dd>
            <div class="figure-line">
              <span class="figure-value">${figure.value}</span>${
                tone.icon === '' ? nothing : icon(tone.icon)
              }${spoken(tone.words)}
              <span class="figure-note">${this.#note(figure)}</span>
            </div>
            ${sparkline(figure.course)}${figure.course === undefined ? nothing : spoken(`, ${figure.course.words}`)}
          </dd>
        </div>`;
      })}
    </dl>`;
  }

  #note({ note, action }: FigureModel): TemplateResult | string {
    if (action === undefined) return note;
    const act = () => this.intend(actMessage(action));
    return html`<button class="figure-action" title=${action.label} @click=${act}>${note}</button>`;
  }
}

customElements.define('kr-figures', FiguresRow);
