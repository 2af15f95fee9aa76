import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { copyButton } from './copy-button.ts';
import { LightElement } from './light-element.ts';

/** One command that does the same by hand, with a button that copies it. */
export class CommandLine extends LightElement {
  static override properties = { command: {}, target: {} };
  declare command: string;
  declare target: string;

  protected override render(): TemplateResult {
    return html`<div class="command">
      <code title=${this.command}>${this.command}</code>
      ${copyButton('Copy the command', () =>
        this.intend({ type: 'act', action: 'copyCommand', target: this.target }),
      )}
    </div>`;
  }
}

customElements.define('kr-command', CommandLine);
