import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent, RunTarget } from '../domain/runbook/events.ts';
import { JournalFile } from './journal-file.ts';

/** `20260101T000000Z-veza-backend-api-1a2b.jsonl`: sorts by time. Other files in the folder are none of ours. */
const journalName = /^(\d{8}T\d{6}Z-[a-z0-9][a-z0-9.-]*)\.jsonl$/;

/** How a journal's file is now; it has changed where one of these has. */
export interface JournalStamp {
  readonly id: string;
  readonly bytes: number;
  /** Of the last change, in ms since the epoch. */
  readonly changedAt: number;
}

/** The folder with all runs of this machine: one journal a run, one lock a deployment. It need not exist. */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** All runs, the newest first. Looks at the folder alone and opens no file. */
  async stamps(): Promise<readonly JournalStamp[]> {
    const ids = (await this.ids()).toReversed();
    const found = await Promise.all(
      ids.map(async (id): Promise<JournalStamp | undefined> => {
        try {
          const { size, mtimeMs } = await stat(this.#file(id));
          return { id, bytes: size, changedAt: mtimeMs };
        } catch (error) {
          if (isMissing(error)) return undefined; // Deleted meanwhile.
          throw error;
        }
      }),
    );
    return found.filter((each) => each !== undefined);
  }

  /** The ids of all runs, the oldest first. */
  async ids(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.path);
      return names.flatMap((name) => journalName.exec(name)?.[1] ?? []).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** Throws where it is no run's id: what comes from outside must not name another file. */
  journal(id: string): JournalFile {
    return new JournalFile(this.#file(id));
  }

  /** Absolute path of a run's journal. */
  journalPath(id: string): string {
    return this.#file(id);
  }

  /** Where what belongs to a run besides its journal is kept, such as captured logs. It need not exist. */
  attachments(id: string): string {
    return this.#file(id).slice(0, -'.jsonl'.length);
  }

  /** The lock of whoever carries runs of this deployment out; one at a time, so that no run is begun twice either. */
  lock(target: RunTarget): string {
    const { context, namespace, name } = target;
    const key = createHash('sha256')
      .update(JSON.stringify([context, namespace, name]))
      .digest('hex');
    return join(this.path, 'locks', `${key.slice(0, 24)}.lock`);
  }

  /** Removes a run for good, with all that is kept beside its journal. */
  async remove(id: string): Promise<void> {
    await rm(this.attachments(id), { recursive: true, force: true });
    await rm(this.#file(id), { force: true });
  }

  #file(id: string): string {
    if (!journalName.test(`${id}.jsonl`)) throw new Error(`${id} is not the id of a run.`);
    return join(this.path, `${id}.jsonl`);
  }
}

/** The target that a journal's first record names; undefined where it names none. */
export function targetIn(events: readonly RunEvent[]): RunTarget | undefined {
  const [first] = events;
  return first?.kind === 'opened' ? first.target : undefined;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
