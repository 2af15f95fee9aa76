import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { WebviewMessage } from '../shared/messages.ts';
import type { AdviceModel } from '../shared/panel-model.ts';
import { actionButton } from './action-button.ts';
import { icon } from './icon.ts';

/** What to do next where a step fails: the words, and beside them the button that does it. */
export function adviceList(
  advice: readonly AdviceModel[],
  intend: (message: WebviewMessage) => void,
): TemplateResult | typeof nothing {
  if (advice.length === 0) return nothing;
  return html`<ul class="advice" aria-label="What to do next">
    ${advice.map(
      ({ words, action }) =>
        html`<li>
          ${icon('lightbulb')}
          <span class="advice-words">${words}</span>
          ${action === undefined ? nothing : actionButton(action, 'link', intend)}
        </li>`,
    )}
  </ul>`;
}
