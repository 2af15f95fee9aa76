import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { StepModel, StepState } from '../shared/panel-model.ts';
import { actionRow } from './action-button.ts';
import { adviceList } from './advice-list.ts';
import './command-line.ts';
import './elapsed-clock.ts';
import { evidenceList } from './evidence-list.ts';
import { evidenceTable } from './evidence-table.ts';
import { foldRow } from './fold-row.ts';
import { icon } from './icon.ts';
import { LightElement } from './light-element.ts';
import './output-box.ts';
import { podSquares } from './pod-squares.ts';
import { durationTaken } from './time-format.ts';

const STATES: Readonly<Record<StepState, { readonly icon: string; readonly words: string }>> = {
  todo: { icon: 'circle-large', words: 'to come' },
  running: { icon: 'loading', words: 'running' },
  ok: { icon: 'check', words: 'done' },
  warning: { icon: 'warning', words: 'done with a warning' },
  failed: { icon: 'error', words: 'failed' },
  skipped: { icon: 'circle-slash', words: 'skipped' },
};

/** One step: a line when folded; its live state, evidence, buttons and commands when open. */
export class StepItem extends LightElement {
  static override properties = { step: { attribute: false }, open: { type: Boolean } };
  declare step: StepModel | undefined;
  declare open: boolean;

  protected override render(): TemplateResult | typeof nothing {
    const step = this.step;
    if (step === undefined) return nothing;
    const state = STATES[step.state];
    const spin = step.state === 'running' ? 'codicon-modifier-spin' : '';
    const open = this.open && hasBody(step);
    return html`<div class="step step-${step.state} ${open ? 'open' : ''} ${step.open ? 'current' : ''}">
      ${foldRow({
        id: `step-${step.id}`,
        heading: step.title,
        state: state.words,
        marker: icon(state.icon, `row-icon ${spin}`),
        aside: open ? this.#took(step) : (step.summary ?? ''),
        open: hasBody(step) ? open : undefined,
        body: () => this.#body(step),
      })}
    </div>`;
  }

  #took(step: StepModel): TemplateResult | string {
    if (step.took === undefined) return step.summary ?? '';
    if (step.took.until !== undefined) return durationTaken(step.took.since, step.took.until);
    return html`<kr-elapsed .since=${step.took.since}></kr-elapsed>`;
  }

  #body(step: StepModel): TemplateResult {
    return html`${step.does === undefined ? nothing : html`<p class="step-does">${step.does}</p>`}
    ${step.detail === undefined ? nothing : html`<p class="step-detail">${step.detail}</p>`}
    ${step.pods.length === 0 ? nothing : podSquares(step.pods)} ${evidenceList(step.evidence)}
    ${step.table === undefined ? nothing : evidenceTable(step.table, step.title)}
    ${
      step.output === undefined
        ? nothing
        : html`<kr-output .output=${step.output} .step=${step.id} .name=${step.title}></kr-output>`
    }
    ${adviceList(step.advice, (message) => this.intend(message))}
    ${actionRow(step.actions, (message) => this.intend(message))}
    ${step.commands.map(
      (command, index) =>
        html`<kr-command .command=${command} .target=${commandTarget(step.id, index)}></kr-command>`,
    )}`;
  }
}

/** How `copyCommand` names a command: the step's id for its first one, `id:1` and so on for the others. */
function commandTarget(id: string, index: number): string {
  return index === 0 ? id : `${id}:${index}`;
}

function hasBody(step: StepModel): boolean {
  return (
    step.does !== undefined ||
    step.detail !== undefined ||
    step.table !== undefined ||
    step.output !== undefined ||
    step.pods.length + step.evidence.length + step.commands.length + step.actions.length > 0
  );
}

customElements.define('kr-step', StepItem);
