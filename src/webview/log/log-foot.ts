import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { LogStatusModel } from '../../shared/messages.ts';
import { icon } from '../icon.ts';
import { LightElement } from '../light-element.ts';
import type { LogHolding } from './log-words.ts';
import { holdingWords, livenessWords } from './log-words.ts';

const ICONS: Readonly<Record<LogStatusModel['state'], string>> = {
  live: 'circle-large-filled',
  waiting: 'watch',
  stale: 'debug-disconnect',
  ended: 'debug-stop',
};

/** Always there: how much is shown, what is missing, and whether it is live. */
export class LogFoot extends LightElement {
  static override properties = { status: { attribute: false }, holding: { attribute: false } };
  declare status: LogStatusModel | undefined;
  declare holding: LogHolding | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.holding === undefined) return nothing;
    const state = this.status?.state ?? 'waiting';
    const alive = livenessWords(this.status, this.holding.lastAt);
    const held = holdingWords(this.status, this.holding);
    const notice = this.status?.captured?.notice;
    return html`<div class="log-foot log-foot-${state}">
      <span class="log-held" title=${notice === undefined ? held : `${held}\n${notice}`}>${held}</span>
      <span class="log-alive" title=${alive}>${icon(ICONS[state])}${alive}</span>
    </div>`;
  }
}

customElements.define('kr-log-foot', LogFoot);
