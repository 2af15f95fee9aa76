import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { StepModel } from '../shared/panel-model.ts';
import { LightElement } from './light-element.ts';
import { moveAmongRows } from './row-keys.ts';
import './step-item.ts';
import type { ViewMemory } from './view-memory.ts';

/** The steps in order; the person's own folding holds over the model's. */
export class StepList extends LightElement {
  static override properties = { steps: { attribute: false }, memory: { attribute: false } };
  declare steps: readonly StepModel[] | undefined;
  declare memory: ViewMemory | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.steps === undefined) return nothing;
    return html`<h2 class="spoken">Steps</h2>
      <ol class="steps" @keydown=${moveAmongRows}>
        ${repeat(
          this.steps,
          (step) => step.id,
          (step) =>
            html`<li>
              <kr-step
                .step=${step}
                .open=${this.memory?.isOpen(`step:${step.id}`, step.open) ?? step.open}
                @kr-fold=${(event: CustomEvent<boolean>) => this.#fold(step, event)}
              ></kr-step>
            </li>`,
        )}
      </ol>`;
  }

  /** Puts the focus on the step that runs, failed or comes next. */
  focusCurrent(): void {
    const row =
      this.querySelector<HTMLElement>('.current [data-row]') ?? this.querySelector<HTMLElement>('[data-row]');
    row?.focus();
  }

  #fold(step: StepModel, event: CustomEvent<boolean>): void {
    event.stopPropagation();
    this.memory?.setOpen(`step:${step.id}`, event.detail, step.open);
    this.requestUpdate();
  }
}

customElements.define('kr-steps', StepList);
