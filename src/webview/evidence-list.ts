import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { Evidence } from '../shared/panel-model.ts';
import { LightElement } from './light-element.ts';
import { icon, spoken } from './icon.ts';
import { localTime } from './time-format.ts';
import { TONES } from './tones.ts';

/** More lines than this fold: those that speak against it stay in view. */
const MOST_LINES = 8;

/** What was seen, and when. Long evidence folds; the button that unfolds it says how much there is. */
export class EvidenceList extends LightElement {
  static override properties = { evidence: { attribute: false }, whole: { state: true } };
  declare evidence: readonly Evidence[] | undefined;
  declare whole: boolean;

  constructor() {
    super();
    this.whole = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const evidence = this.evidence ?? [];
    if (evidence.length === 0) return nothing;
    const folds = evidence.length > MOST_LINES;
    const shown = folds && !this.whole ? foremost(evidence) : evidence;
    return html`<ul class="evidence" aria-label="Evidence">
        ${shown.map((line) => this.#line(line))}
      </ul>
      ${
        folds
          ? html`<button
              type="button"
              class="button link evidence-more"
              aria-expanded=${this.whole ? 'true' : 'false'}
              @click=${() => (this.whole = !this.whole)}
            >
              ${this.whole ? 'Show less' : `Show all ${evidence.length} lines`}
            </button>`
          : nothing
      }`;
  }

  #line({ text, tone, at, pod }: Evidence): TemplateResult {
    return html`<li class="evidence-${tone}">
      ${icon(TONES[tone].icon)}
      <span class="evidence-text">${spoken(TONES[tone].words)}${text}</span>
      <span class="evidence-time">
        ${pod === undefined ? nothing : this.#logsButton(at, pod)}
        <time datetime=${at} title=${at}>${localTime(at)}</time>
      </span>
    </li>`;
  }

  #logsButton(at: string, pod: string): TemplateResult {
    return html`<button
      type="button"
      class="button link evidence-logs"
      title="Open logs at this time"
      @click=${() => this.intend({ type: 'act', action: 'openLogsAtTime', target: `${at} ${pod}` })}
    >
      ${icon('output')}${spoken(`Open logs at this time: ${pod}, ${localTime(at)}`)}
    </button>`;
  }
}

/** The lines that speak against it, else the first ones, in their order. */
function foremost(evidence: readonly Evidence[]): readonly Evidence[] {
  const bad = evidence.filter(({ tone }) => tone === 'failed' || tone === 'warning');
  return (bad.length > 0 ? bad : evidence).slice(0, MOST_LINES);
}

/** The element, where there is evidence. */
export function evidenceList(evidence: readonly Evidence[]): TemplateResult | typeof nothing {
  return evidence.length === 0 ? nothing : html`<kr-evidence .evidence=${evidence}></kr-evidence>`;
}

customElements.define('kr-evidence', EvidenceList);
