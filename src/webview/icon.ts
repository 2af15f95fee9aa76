import type { TemplateResult } from 'lit';
import { html } from 'lit';

/** A codicon, by its name; silent for screen readers, so a word must stand beside it. */
export function icon(name: string, className = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${className}" aria-hidden="true"></span>`;
}

/** Text for screen readers only. */
export function spoken(text: string): TemplateResult {
  return html`<span class="spoken">${text}</span>`;
}
