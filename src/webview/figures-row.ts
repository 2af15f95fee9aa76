import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { FigureModel } from '../shared/panel-model.ts';
import { icon, spoken } from './icon.ts';
import { LightElement } from './light-element.ts';

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
        return html`<div class="figure figure-${figure.tone}">
          <dt title=${figure.title}>${figure.title}</dt>
          <dd>
            <span class="figure-value">${figure.value}</span>${
              tone.icon === '' ? nothing : icon(tone.icon)
            }${spoken(tone.words)}
            <span class="figure-note" title=${figure.note}>${figure.note}</span>
          </dd>
        </div>`;
      })}
    </dl>`;
  }
}

customElements.define('kr-figures', FiguresRow);
