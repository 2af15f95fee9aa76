import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { runState } from '../domain/runbook/state.ts';
import { runSummary, type RunSummary } from '../domain/runbook/summary.ts';
import { type JournalStamp, type RunFolder, targetIn } from './run-folder.ts';

/** A run in the list. */
export interface IndexedRun {
  readonly summary: RunSummary;
  /** The first record that is not as it was written: the run can be read up to it, and is not gone on with. */
  readonly damagedFrom: number | undefined;
}

interface Entry extends IndexedRun {
  readonly bytes: number;
  readonly changedAt: number;
}

const indexVersion = 1;
const readAtOnce = 16;
const text = v.string();
const entrySchema = v.object({
  bytes: v.number(),
  changedAt: v.number(),
  damagedFrom: v.optional(v.number()),
  summary: v.object({
    id: text,
    target: v.object({ context: text, namespace: text, name: text }),
    stage: v.picklist(['opened', 'rollingBack', 'failed', 'rolledBack', 'handedOver', 'signedOff', 'closed']),
    from: v.exactOptional(v.number()),
    to: v.exactOptional(v.number()),
    openedAt: text,
    lastAt: text,
    handedOverTo: v.exactOptional(text),
    people: v.array(text),
    unanswered: v.boolean(),
  }),
});
const indexSchema = v.object({ version: v.literal(indexVersion), runs: v.array(entrySchema) });

/** Of a run whose first record is damaged nothing is known but its file's name: the time, the deployment's name. */
function unreadable({ id, bytes, changedAt }: JournalStamp): Entry {
  const name = id.slice(17).replace(/-[^-]*$/, '');
  const openedAt = id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z');
  const target = { context: '', namespace: '', name };
  const summary: RunSummary = {
    id,
    target,
    stage: 'opened',
    openedAt,
    lastAt: openedAt,
    people: [],
    unanswered: false,
  };
  return { summary, damagedFrom: 1, bytes, changedAt };
}

/** Tells the parts apart that this process writes at the same time. */
let parts = 0;

/**
 * What there is to say of each run in a list. Journals that have not changed since they were last read are not read again: what
 * they said is kept in `index.json` beside them, which can be thrown away at any time.
 */
export class RunIndex {
  readonly #folder: RunFolder;
  readonly #onUnstored: (error: unknown) => void;
  #known: ReadonlyMap<string, Entry> | undefined;
  #reading: Promise<readonly IndexedRun[]> | undefined;

  constructor(folder: RunFolder, onUnstored: (error: unknown) => void) {
    this.#folder = folder;
    this.#onUnstored = onUnstored;
  }

  /** All runs, the newest first. Who asks while it is being read gets the same answer. Throws where the folder cannot be read. */
  runs(): Promise<readonly IndexedRun[]> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<readonly IndexedRun[]> {
    const stamps = await this.#folder.stamps();
    if (stamps.length === 0) return [];
    const known = this.#known ?? (await this.#stored());
    const found = new Map<string, Entry>();
    let isNew = known.size !== stamps.length;
    const queue = stamps.values();
    const readers = Array.from({ length: readAtOnce }, async () => {
      for (const stamp of queue) {
        const before = known.get(stamp.id);
        const isSame = before?.bytes === stamp.bytes && before.changedAt === stamp.changedAt;
        const entry = isSame ? before : await this.#look(stamp);
        isNew ||= !isSame;
        if (entry !== undefined) found.set(stamp.id, entry);
      }
    });
    await Promise.all(readers);
    const entries = stamps.flatMap(({ id }) => found.get(id) ?? []);
    this.#known = new Map(entries.map((entry) => [entry.summary.id, entry]));
    if (isNew) await this.#store(entries).catch(this.#onUnstored);
    return entries;
  }

  /** Undefined for an empty journal, which a crash has left before anything was in it. */
  async #look({ id, bytes, changedAt }: JournalStamp): Promise<Entry | undefined> {
    const { events, damagedFrom } = await this.#folder.journal(id).read();
    const target = targetIn(events);
    if (target === undefined)
      return damagedFrom === undefined ? undefined : unreadable({ id, bytes, changedAt });
    // The file's name is the run's: a copy under another name would be a second run with the same id.
    const summary = { ...runSummary(runState(target, events), events), id };
    return { summary, damagedFrom, bytes, changedAt };
  }

  async #stored(): Promise<ReadonlyMap<string, Entry>> {
    try {
      const { runs } = v.parse(indexSchema, JSON.parse(await readFile(this.#file, 'utf8')));
      return new Map(runs.map((run) => [run.summary.id, { ...run, damagedFrom: run.damagedFrom }]));
    } catch {
      return new Map(); // Not there, or of another version: the journals themselves are read.
    }
  }

  async #store(runs: readonly Entry[]): Promise<void> {
    await mkdir(this.#folder.path, { recursive: true, mode: 0o700 });
    const part = `${this.#file}.${process.pid}-${parts++}`;
    await writeFile(part, JSON.stringify({ version: indexVersion, runs }), { mode: 0o600 });
    await rename(part, this.#file);
  }

  get #file(): string {
    return join(this.#folder.path, 'index.json');
  }
}
