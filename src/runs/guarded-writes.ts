import type { WriteGateway } from '../cluster/writes/writes.ts';
import { type Consent, lackingConsent } from '../domain/runbook/consent.ts';
import type { WriteOutcome } from '../domain/runbook/write.ts';
import type { Prepared, Refusal, WritePreview } from './write-preview.ts';

/** What the settings say of the context, asked when it counts. */
export interface WriteGuards {
  isReadOnly(): boolean;
  isProtected(): boolean;
  /** Who else may be at it, on other machines; left out where nobody can be. */
  readonly claim?: WriteClaim;
}

/** One person at a time changes a deployment, whatever machine they sit at. */
export interface WriteClaim {
  /** What stands against a change, and what to say before one. Asks the cluster; writes nothing. Does not reject. */
  look(
    signal?: AbortSignal,
  ): Promise<{ readonly refusal: Refusal | undefined; readonly warnings: readonly string[] }>;
  /** Makes the claim for a rollback that was confirmed; gives what stands against it. Does not reject. */
  take(): Promise<string | undefined>;
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
  #idle: Promise<unknown> = Promise.resolve();

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
    const [preparation, claim] = await Promise.all([prepare(this.#gateway), this.#guards.claim?.look()]);
    if (preparation.kind !== 'ready') return preparation;
    if (claim?.refusal !== undefined) return claim.refusal;
    const { preview } = preparation;
    this.#newest = { ...preview, warnings: [...preview.warnings, ...(claim?.warnings ?? [])] };
    return { ...preparation, preview: this.#newest as Preview };
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
    const writing = this.#write(write, before);
    this.#idle = writing.catch(() => undefined);
    return writing;
  }

  async #write(write: WritePreview['write'], before: () => Promise<void>): Promise<WriteOutcome> {
    try {
      const held = write.intent.kind === 'rollBack' ? await this.#guards.claim?.take() : undefined;
      if (held !== undefined) return { kind: 'notApplied', message: held };
      await before();
      return await this.#gateway.apply(write);
    } finally {
      this.#writing = false;
    }
  }

  /** Resolves when nothing is being written: its outcome is in the journal then. */
  async idle(): Promise<void> {
    await this.#idle;
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
