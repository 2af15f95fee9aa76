import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { WebviewMessage } from '../shared/messages.ts';
import type { ActionModel } from '../shared/panel-model.ts';

/** The message that asks the host for an action. */
export function actMessage(action: ActionModel): WebviewMessage {
  const target = action.target === undefined ? {} : { target: action.target };
  return { type: 'act', action: action.action, ...target };
}

const isMac = (): boolean => globalThis.navigator?.platform.startsWith('Mac') ?? false;

/** `Ctrl+Enter` as the person's own keyboard has it: `⌘Enter` on a Mac. */
function keyLabel(key: string, mac: boolean): string {
  return mac ? key.replace('Ctrl+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥') : key;
}

/** A button for an action: `primary` at most once in a panel, `link` for the lesser of two. */
export function actionButton(
  action: ActionModel,
  look: 'primary' | 'secondary' | 'link',
  intend: (message: WebviewMessage) => void,
): TemplateResult {
  const key = action.key === undefined ? undefined : keyLabel(action.key, isMac());
  return html`<button
    type="button"
    class="button ${look}"
    title=${action.title ?? nothing}
    aria-keyshortcuts=${action.key?.replace('Ctrl', isMac() ? 'Meta' : 'Control') ?? nothing}
    @click=${() => intend(actMessage(action))}
  >
    <span>${action.label}</span>${key === undefined ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}
  </button>`;
}

/** The buttons under a row: the first is the likely one, the others are links. */
export function actionRow(
  actions: readonly ActionModel[],
  intend: (message: WebviewMessage) => void,
): TemplateResult | typeof nothing {
  if (actions.length === 0) return nothing;
  return html`<div class="step-actions">
    ${actions.map((action, index) => actionButton(action, index === 0 ? 'secondary' : 'link', intend))}
  </div>`;
}
