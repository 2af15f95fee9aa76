import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChecklistItemModel, PanelModel } from '../shared/panel-model.ts';
import { actionRow } from './action-button.ts';
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
    return html`<h2 class="checklist-title"><span>Checklist</span><span>${sumWords(checklist)}</span></h2>
      <ul class="checklist" @keydown=${moveAmongRows}>
        ${repeat(
          checklist.items,
          (item) => item.id,
          (item) =>
            html`<li
              class="item item-${item.state} ${item.lost === true ? 'item-lost' : ''}"
              @kr-fold=${(event: CustomEvent<boolean>) => this.#fold(item, event.detail)}
            >
              ${this.#item(item)}
            </li>`,
        )}
      </ul>`;
  }

  #item(item: ChecklistItemModel): TemplateResult {
    const state = STATES[item.state];
    const hasBody = item.evidence.length + item.actions.length > 0;
    return foldRow({
      id: `item-${item.id}`,
      heading: item.title,
      state: item.lost === true ? `${state.words}, no longer` : state.words,
      marker: html`<span class="row-icon box">${icon(state.icon)}</span>`,
      aside: item.summary,
      open: hasBody ? (this.memory?.isOpen(`item:${item.id}`, false) ?? false) : undefined,
      body: () =>
        html`${evidenceList(item.evidence)} ${actionRow(item.actions, (message) => this.intend(message))}`,
    });
  }

  #fold(item: ChecklistItemModel, open: boolean): void {
    this.memory?.setOpen(`item:${item.id}`, open, false);
    this.requestUpdate();
  }
}

/** `7 of 9`, `7 of 9 · 1 overridden`: an override is no tick. */
function sumWords({ ticked, items }: PanelModel['checklist']): string {
  const overridden = items.filter(({ state }) => state === 'overridden').length;
  return `${ticked} of ${items.length}${overridden === 0 ? '' : ` · ${overridden} overridden`}`;
}

customElements.define('kr-checklist', CheckList);
