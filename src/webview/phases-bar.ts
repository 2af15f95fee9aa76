import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { PhaseModel } from '../shared/panel-model.ts';
import { icon, spoken } from './icon.ts';
import { LightElement } from './light-element.ts';

const STATES: Readonly<Record<PhaseModel['state'], { readonly icon: string; readonly words: string }>> = {
  done: { icon: 'check', words: 'done' },
  now: { icon: 'circle-large-filled', words: 'now' },
  failed: { icon: 'error', words: 'failed' },
  todo: { icon: 'circle-large', words: 'to come' },
};

/** The phases of the runbook in one line, always whole in view: where it is tight, the others shrink to their icons. */
export class PhasesBar extends LightElement {
  static override properties = { phases: { attribute: false } };
  declare phases: readonly PhaseModel[] | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.phases === undefined || this.phases.length === 0) return nothing;
    return html`<nav class="phases" aria-label="Phases">
      <ol>
        ${this.phases.map(
          (phase) =>
            html`<li
              class="phase phase-${phase.state}"
              title=${phase.title}
              aria-current=${phase.state === 'now' || phase.state === 'failed' ? 'step' : nothing}
            >
              ${icon(STATES[phase.state].icon)}<span class="phase-title">${phase.title}</span>${spoken(
                `, ${STATES[phase.state].words}`,
              )}
            </li>`,
        )}
      </ol>
    </nav>`;
  }
}

customElements.define('kr-phases', PhasesBar);
