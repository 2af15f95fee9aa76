import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { ViewState } from './view-memory.ts';

type Tab = ViewState['tab'];
const TABS: readonly (readonly [Tab, string])[] = [
  ['steps', 'Steps'],
  ['logs', 'Logs'],
];

/** Steps · Logs, for a panel too narrow for both. Left and Right change the tab, as tabs do. */
export function panelTabs(chosen: Tab, choose: (tab: Tab) => void): TemplateResult {
  return html`<div class="tabs" role="tablist" aria-label="Steps or logs">
    ${TABS.map(
      ([tab, label]) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${tab}"
          aria-controls="panel-${tab}"
          aria-selected=${tab === chosen ? 'true' : 'false'}
          tabindex=${tab === chosen ? '0' : '-1'}
          @click=${() => choose(tab)}
          @keydown=${(event: KeyboardEvent) => changeByArrow(event, tab, choose)}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}

function changeByArrow(event: KeyboardEvent, tab: Tab, choose: (tab: Tab) => void): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  const other = tab === 'steps' ? 'logs' : 'steps';
  choose(other);
  document.getElementById(`tab-${other}`)?.focus();
}
