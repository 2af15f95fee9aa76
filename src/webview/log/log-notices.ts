import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { icon } from '../icon.ts';
import { counted } from '../time-format.ts';

/** What stands in the place of lines; with a button where the filter alone hides them. */
export function emptyNotice(
  words: string | undefined,
  filtered: boolean,
  clear: () => void,
): TemplateResult | typeof nothing {
  if (words === undefined) return nothing;
  return html`<div class="log-empty">
    <p>${words}</p>
    ${
      filtered
        ? html`<button type="button" class="button link" @click=${clear}>Clear the filter</button>`
        : nothing
    }
  </div>`;
}

/** Leads back to the newest line, and says how many have come meanwhile. */
export function returnButton(unseen: number, follow: () => void): TemplateResult {
  return html`<button type="button" class="log-return" title="Follow again (End)" @click=${follow}>
    ${icon('arrow-down')}${unseen === 0 ? 'Newest lines' : counted(unseen, 'new line')}
  </button>`;
}
