import { checklist, type ChecklistItem, missingItems, type Present } from '../domain/runbook/checklist.ts';
import type { ItemId, SignableItem } from '../domain/runbook/checklist-items.ts';
import type { Happening, Run } from './run.ts';

/** Why a run cannot be signed off now. */
export class SignOffRefused extends Error {
  /** The items that neither hold nor are answered for; empty where something else is in the way. */
  readonly missing: readonly ChecklistItem[];

  constructor(message: string, missing: readonly ChecklistItem[] = []) {
    super(message);
    this.name = 'SignOffRefused';
    this.missing = missing;
  }
}

/** Looks at the cluster and the addresses now; undefined while the cluster cannot be seen. */
export type Look = (signal: AbortSignal) => Promise<Present | undefined>;

/** The checklist of one run: what is seen of it now, and what people say of it. */
export class RunChecklist {
  readonly #run: Run;
  readonly #user: string;
  readonly #look: Look;

  constructor(run: Run, user: string, look: Look) {
    this.#run = run;
    this.#user = user;
    this.#look = look;
  }

  /** A person's word for an item that nothing else can tell. */
  async sign(item: SignableItem, note: string): Promise<void> {
    this.refuseWhenEnded();
    await this.#run.record({ kind: 'signed', item, by: this.#user, note });
  }

  /**
   * A person answers for an item that its evidence does not tick; the note says why. Refused where it holds now: the answer would
   * cover whatever un-ticks it later, which then nobody was told of.
   */
  async override(item: ItemId, note: string): Promise<void> {
    this.refuseWhenEnded();
    if (note.trim() === '') throw new Error('A note is needed: why does somebody answer for this item?');
    if (this.#run.state.items[item]?.state === 'ticked') {
      const now = (await this.items()).find(({ id }) => id === item);
      if (now?.state === 'ticked')
        throw new Error(`“${now.title}” holds by its evidence now: nobody needs to answer for it.`);
      this.refuseWhenEnded();
    }
    await this.#run.record({ kind: 'itemOverridden', item, by: this.#user, note });
  }

  async withdrawOverride(item: ItemId): Promise<void> {
    this.refuseWhenEnded();
    await this.#run.record({ kind: 'overrideWithdrawn', item, by: this.#user });
  }

  /** The nine items, from the cluster and the addresses as they are now. Throws where the cluster cannot be seen. */
  async items(signal: AbortSignal = new AbortController().signal): Promise<readonly ChecklistItem[]> {
    const present = await this.#look(signal);
    if (present === undefined)
      throw new SignOffRefused(
        'The cluster cannot be seen at present, so it is not known whether the checklist holds.',
      );
    return checklist(this.#run.state, present);
  }

  /**
   * What is seen now and differs from what was written down. Throws SignOffRefused with the items' names where one neither holds
   * nor is answered for.
   */
  async seenForSignOff(signal?: AbortSignal): Promise<readonly Happening[]> {
    const items = await this.items(signal);
    const missing = missingItems(items);
    if (missing.length > 0) throw new SignOffRefused(missingWords(missing), missing);
    const written = this.#run.state.items;
    return items
      .filter(({ id, state }) => written[id]?.state !== state)
      .map(({ id, state, summary }) => ({ kind: 'itemSeen', item: id, state, summary }));
  }

  /** What an ended run says stays as it is. */
  refuseWhenEnded(): void {
    const { end } = this.#run.state;
    if (end === undefined) return;
    const how = end.kind === 'signedOff' ? 'signed off' : 'closed';
    throw new Error(`This run was ${how} by ${end.by}, and what it says stays as it is. Begin a new run.`);
  }
}

function missingWords(missing: readonly ChecklistItem[]): string {
  const names = missing.map(({ title }) => title).join(', ');
  if (missing.length === 1)
    return `One item of the checklist does not hold, and nobody answers for it: ${names}.`;
  return `${missing.length} items of the checklist do not hold, and nobody answers for them: ${names}.`;
}
