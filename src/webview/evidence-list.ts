import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { Evidence } from '../shared/panel-model.ts';
import { icon, spoken } from './icon.ts';
import { localTime } from './time-format.ts';

const TONES: Readonly<Record<Evidence['tone'], { readonly icon: string; readonly words: string }>> = {
  ok: { icon: 'check', words: 'Holds: ' },
  failed: { icon: 'close', words: 'Does not hold: ' },
  warning: { icon: 'warning', words: 'Warning: ' },
  plain: { icon: 'dash', words: '' },
};

/** What was seen, and when. */
export function evidenceList(evidence: readonly Evidence[]): TemplateResult | typeof nothing {
  if (evidence.length === 0) return nothing;
  return html`<ul class="evidence" aria-label="Evidence">
    ${evidence.map(
      (seen) =>
        html`<li class="evidence-${seen.tone}">
          ${icon(TONES[seen.tone].icon)}
          <span class="evidence-text">${spoken(TONES[seen.tone].words)}${seen.text}</span>
          ${
            seen.at === undefined
              ? nothing
              : html`<time datetime=${seen.at} title=${seen.at}>${localTime(seen.at)}</time>`
          }
        </li>`,
    )}
  </ul>`;
}
