import type { WriteGateway } from '../cluster/writes/writes.ts';
import { type Consent, lackingConsent } from '../domain/runbook/consent.ts';
import type { WriteOutcome } from '../domain/runbook/write.ts';
import type { Prepared, WritePreview } from './write-preview.ts';

/** What the settings say of the context, asked when it counts. */
export interface WriteGuards {
  isReadOnly(): boolean;
  isProtected(): boolean;
}

const beingWritten = 'Another change of this deployment is being written just now.';
const outdated =
  'Another change of this deployment was prepared or written since this preview, or the connection was renewed.';

/** All changes of one deployment, one at a time: only the newest preview can be written, once, with the person's consent. */
export class GuardedWrites {
  readonly #gateway: WriteGateway;
  readonly #guards: WriteGuards;
  #newest: WritePreview | undefined;
  #writing = false;

  constructor(gateway: WriteGateway, guards: WriteGuards) {
    this.#gateway = gateway;
    this.#guards = guards;
  }

  /** Refuses before anything is asked where nothing could be written. Throws ApiError. */
  async prepare<Preview extends WritePreview>(
    prepare: (gateway: WriteGateway) => Promise<Prepared<Preview>>,
  ): Promise<Prepared<Preview>> {
    if (this.#writing)
      return { kind: 'refused', reason: 'other', message: beingWritten, hint: 'Wait for its answer.' };
    if (this.#guards.isReadOnly())
      return {
        kind: 'refused',
        reason: 'readOnly',
        message: 'This context is read-only: nothing can be written to it from here',
        hint: 'The settings Read Only and Read Only Contexts say so.',
      };
    const preparation = await prepare(this.#gateway);
    if (preparation.kind === 'ready') this.#newest = preparation.preview;
    return preparation;
  }

  /**
   * Writes the confirmed preview, once; `before` is awaited first. Throws where its intent cannot be stored: nothing is
   * sent then.
   */
  async write(preview: WritePreview, consent: Consent, before: () => Promise<void>): Promise<WriteOutcome> {
    if (this.#writing) return { kind: 'notApplied', message: beingWritten };
    if (preview !== this.#newest) return { kind: 'notApplied', message: outdated };
    const { blocker, write } = preview;
    const isProtected = this.#guards.isProtected();
    const lacking = lackingConsent({ name: write.intent.name, isProtected, blocker }, consent);
    if (lacking !== undefined) return { kind: 'notApplied', message: lacking };
    this.#newest = undefined;
    this.#writing = true;
    try {
      await before();
      return await this.#gateway.apply(write);
    } finally {
      this.#writing = false;
    }
  }

  /** Throws while something is written. */
  refuseWhileWriting(): void {
    if (this.#writing) throw new Error(beingWritten);
  }

  /** No preview of before can be written any more. */
  forget(): void {
    this.#newest = undefined;
  }
}
