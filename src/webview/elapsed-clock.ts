import type { PropertyValues } from 'lit';
import { LightElement } from './light-element.ts';
import { onEachSecond } from './ticker.ts';
import { elapsedTime } from './time-format.ts';

/** A clock that counts from `since`, and stands still at `until`. */
export class ElapsedClock extends LightElement {
  static override properties = { since: {}, until: {} };
  declare since: string | undefined;
  declare until: string | undefined;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#halt();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#run();
  }

  protected override render(): string {
    if (this.since === undefined) return '';
    const until = this.until === undefined ? Date.now() : Date.parse(this.until);
    return elapsedTime(Date.parse(this.since), until);
  }

  #run(): void {
    if (this.until !== undefined) this.#halt();
    else this.#stop ??= onEachSecond(() => this.requestUpdate());
  }

  #halt(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}

customElements.define('kr-elapsed', ElapsedClock);
