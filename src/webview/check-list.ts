import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChecklistItemModel, PanelModel } from '../shared/panel-model.ts';
import { actionButton } from './action-button.ts';
import { evidenceList } from './evidence-list.ts';
import { foldRow } from './fold-row.ts';
import { icon } from './icon.ts';
import { LightElement } from './light-element.ts';
import { moveAmongRows } from './row-keys.ts';
import type { ViewMemory } from './view-memory.ts';

const STATES: Readonly<
  Record<ChecklistItemModel['state'], { readonly icon: string; readonly words: string }>
> = {
  ticked: { icon: 'check', words: 'ticked' },
  overridden: { icon: 'person', words: 'a person answers for it' },
  running: { icon: 'ellipsis', words: 'being checked' },
  failed: { icon: 'close', words: 'does not hold' },
  pending: { icon: 'blank', words: 'not seen yet' },
};

/** The runbook's checklist: each item with the evidence for it. Nobody ticks it by hand. */
export class CheckList extends LightElement {
  static override properties = { checklist: { attribute: false }, memory: { attribute: false } };
  declare checklist: PanelModel['checklist'] | undefined;
  declare memory: ViewMemory | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const checklist = this.checklist;
    if (checklist === undefined || checklist.items.length === 0) return nothing;
    return html`<h2 class="checklist-title">
        <span>Checklist</span><span>${checklist.ticked} of ${checklist.items.length}</span>
      </h2>
      <ul class="checklist" @keydown=${moveAmongRows}>
        ${repeat(
          checklist.items,
          (item) => item.id,
          (item) =>
            html`<li
              class="item item-${item.state}"
              @kr-fold=${(event: CustomEvent<boolean>) => this.#fold(item, event.detail)}
            >
              ${this.#item(item)}
            </li>`,
        )}
      </ul>`;
  }

  #item(item: ChecklistItemModel): TemplateResult {
    const state = STATES[item.state];
    const hasBody = item.evidence.length > 0 || item.action !== undefined;
    const action = item.action;
    return foldRow({
      id: `item-${item.id}`,
      heading: item.title,
      state: state.words,
      marker: html`<span class="row-icon box">${icon(state.icon)}</span>`,
      aside: item.summary,
      open: hasBody ? (this.memory?.isOpen(`item:${item.id}`, false) ?? false) : undefined,
      body: () =>
        html`${evidenceList(item.evidence)}
        ${
          action === undefined
            ? nothing
            : html`<div class="step-actions">
                ${actionButton(action, 'secondary', (message) => this.intend(message))}
              </div>`
        }`,
    });
  }

  #fold(item: ChecklistItemModel, open: boolean): void {
    this.memory?.setOpen(`item:${item.id}`, open, false);
    this.requestUpdate();
  }
}

customElements.define('kr-checklist', CheckList);
