import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { LightElement } from './light-element.ts';

const SAID_FOR_MS = 2000;

/** A button that copies, and says for two seconds that it has. */
export class CopyButton extends LightElement {
  static override properties = { what: {}, copy: { attribute: false }, copied: { state: true } };
  declare what: string;
  declare copy: () => void;
  declare copied: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.copied = false;
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="button link" title=${this.what} @click=${() => this.#copy()}>
      ${this.copied ? 'Copied' : 'Copy'}
    </button>`;
  }

  #copy(): void {
    this.copy();
    this.copied = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copied = false), SAID_FOR_MS);
  }
}

/** `what` is said on hover: `Copy the command`. */
export function copyButton(what: string, copy: () => void): TemplateResult {
  return html`<kr-copy .what=${what} .copy=${copy}></kr-copy>`;
}

customElements.define('kr-copy', CopyButton);
