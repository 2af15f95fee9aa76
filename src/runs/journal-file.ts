import { constants } from 'node:fs';
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunEvent } from '../domain/runbook/events.ts';
import {
  type JournalContent,
  type JournalEnd,
  journalRecord,
  journalStart,
  readJournal,
} from './journal-record.ts';

/** Nothing was stored, for a reason that trying again does not mend. */
class JournalNotWritable extends Error {
  override readonly name = 'JournalNotWritable';
}

/** A run's events on the disk, one record a line, only ever appended. One window writes it (`run-lock.ts`), others may read. */
export class JournalFile {
  readonly path: string;
  #writing: Promise<void> = Promise.resolve();
  #end: JournalEnd | undefined;
  #refusal: string | undefined;
  /** True while bytes of a record that was not stored may stand behind the end. */
  #unfinished = false;

  constructor(path: string) {
    this.path = path;
  }

  /** What the file holds; nothing where there is none. Throws where it cannot be read. */
  async read(): Promise<JournalContent> {
    const content = readJournal(
      await readFile(this.path).catch((error: unknown) => {
        if (isCode(error, 'ENOENT')) return Buffer.alloc(0);
        throw error;
      }),
    );
    this.#end = content.end;
    this.#unfinished = content.torn;
    this.#refusal = content.damagedFrom === undefined ? undefined : damageWords(content.damagedFrom);
    return content;
  }

  /** Resolves once the event is on the disk (fsync). Events are stored in the order of the calls. */
  append(event: RunEvent): Promise<void> {
    const written = this.#writing.then(() => this.#write(event));
    // A failed write is told to whoever waits for it; the next one is tried all the same.
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Resolves when all that was appended so far is on the disk or has failed. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #write(event: RunEvent): Promise<void> {
    if (this.#end === undefined) await this.read();
    if (this.#refusal !== undefined) throw new JournalNotWritable(this.#refusal);
    const end = this.#end ?? journalStart;
    const { line, next } = journalRecord(end, event);
    const file = await this.#open(end);
    try {
      const { size } = await file.stat();
      // What was not finished was never said to be stored: it is cut, and this record stands in its place.
      if (size > end.bytes && this.#unfinished) await file.truncate(end.bytes);
      else if (size !== end.bytes) {
        this.#refusal =
          'The journal of this run was changed by something else, so nothing more is stored in it.';
        throw new JournalNotWritable(this.#refusal);
      }
      this.#unfinished = true;
      await file.appendFile(line);
      await file.sync();
      if (end.records === 0) await syncFolder(dirname(this.path));
    } finally {
      await file.close();
    }
    this.#end = next;
    this.#unfinished = false;
  }

  /** A journal that is gone is not begun again in the middle. */
  async #open(end: JournalEnd): Promise<FileHandle> {
    if (end.records > 0) return open(this.path, constants.O_RDWR | constants.O_APPEND);
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    return open(this.path, 'a+', 0o600);
  }
}

/** `damaged from record 41 on`, in a sentence. */
export function damageWords(record: number): string {
  return `The journal of this run is damaged from record ${record} on: what is before it can be read, nothing more is stored.`;
}

/** A new file is there after a power failure only once its folder is on the disk too. Windows has no way to ask for that. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
