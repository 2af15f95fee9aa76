import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { WebviewMessage } from '../shared/messages.ts';
import type { ReminderModel } from '../shared/panel-model.ts';
import { actionButton } from './action-button.ts';
import { icon } from './icon.ts';

/** What must not be forgotten, under the header until somebody says that it is done. */
export function reminderLine(
  reminder: ReminderModel | undefined,
  intend: (message: WebviewMessage) => void,
): TemplateResult | typeof nothing {
  if (reminder === undefined) return nothing;
  return html`<section class="reminder" aria-label="Reminder">
    ${icon('bell')}
    <span class="reminder-words" title=${reminder.hint}>${reminder.words}</span>
    ${reminder.actions.map((action) => actionButton(action, 'link', intend))}
  </section>`;
}
