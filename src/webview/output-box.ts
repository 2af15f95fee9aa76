import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { copyButton } from './copy-button.ts';
import { LightElement } from './light-element.ts';

/** The end of what a test printed, in a box that scrolls by itself: with the keyboard too. */
export class OutputBox extends LightElement {
  static override properties = { output: {}, step: {}, name: {} };
  declare output: string;
  /** The step's id, by which the host knows what to copy. */
  declare step: string;
  declare name: string;

  protected override render(): TemplateResult {
    return html`<div class="output">
      <div class="output-top">
        <span>Output</span>
        ${copyButton('Copy the output', () =>
          this.intend({ type: 'act', action: 'copyOutput', target: this.step }),
        )}
      </div>
      <pre tabindex="0" role="region" aria-label="Output of ${this.name}">${this.output}</pre>
    </div>`;
  }
}

customElements.define('kr-output', OutputBox);
