import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { LightElement } from './light-element.ts';

const SAID_FOR_MS = 2000;

/** One command that does the same by hand, with a button that copies it. */
export class CommandLine extends LightElement {
  static override properties = {
    command: {},
    target: {},
    copied: { state: true },
  };
  declare command: string;
  declare target: string;
  declare copied: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    return html`<div class="command">
      <code title=${this.command}>${this.command}</code>
      <button type="button" class="button link" title="Copy the command" @click=${() => this.#copy()}>
        ${this.copied ? 'Copied' : 'Copy'}
      </button>
    </div>`;
  }

  #copy(): void {
    this.intend({ type: 'act', action: 'copyCommand', target: this.target });
    this.copied = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copied = false), SAID_FOR_MS);
  }
}

customElements.define('kr-command', CommandLine);
