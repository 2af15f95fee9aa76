import { LitElement } from 'lit';
import type { WebviewMessage } from '../shared/messages.ts';

/** The event by which a component hands an intent to the panel, which posts it to the host. */
export const INTENT = 'kr-intent';

/**
 * A component that renders into the document itself, so that the one stylesheet, the codicon font and `aria-controls` reach
 * everything. Its properties are declared by `static properties` and `declare`: a class field would hide Lit's accessor.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Says what the person wants; the host decides. */
  protected intend(message: WebviewMessage): void {
    this.dispatchEvent(new CustomEvent<WebviewMessage>(INTENT, { bubbles: true, detail: message }));
  }
}
