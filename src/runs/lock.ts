import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { dirname } from 'node:path';
import type { Ending } from '../ports/clock.ts';

/** What SQLite says where another connection has the file locked (SQLITE_BUSY). */
const busy = 5;

/** Who only asks whether it is locked has it for an instant: then it is tried again, after so many ms. */
const tries = { times: 3, apartMs: 30 };

/**
 * Takes a lock that one process of this machine can have at a time, or gives undefined where another one has it. The
 * operating system holds it (SQLite's exclusive lock on an empty file), so it ends with the process, however that ends,
 * and is never stale. The file stays when the lock ends: taking it away would let two processes have it.
 * Throws where the file cannot be made.
 */
export async function takeLock(file: string): Promise<Ending | undefined> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  for (let time = 1; ; time++) {
    const lock = await tryLock(file, 'EXCLUSIVE');
    if (lock !== undefined || time === tries.times) return lock;
    await wait(tries.apartMs);
  }
}

/** Whether a process has the lock just now. */
export async function isLocked(file: string): Promise<boolean> {
  if (!(await isThere(file))) return false;
  const lock = await tryLock(file, 'SHARED');
  lock?.dispose();
  return lock === undefined;
}

/** Asks whoever has the lock to give it back; they see it with `isAskedFor`. */
export async function askFor(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(asked(file), '', { mode: 0o600 });
}

export function isAskedFor(file: string): Promise<boolean> {
  return isThere(asked(file));
}

/** Answers or takes back what `askFor` asked. */
export async function forgetAsking(file: string): Promise<void> {
  await rm(asked(file), { force: true });
}

function asked(file: string): string {
  return `${file}.wanted`;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

async function tryLock(file: string, kind: 'EXCLUSIVE' | 'SHARED'): Promise<Ending | undefined> {
  // Loaded on first need, and part of Node: nothing to install.
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY');
    // A deferred transaction has its shared lock with its first read.
    if (kind === 'EXCLUSIVE') database.exec('BEGIN EXCLUSIVE');
    else database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return undefined;
    throw error;
  }
  let held = true;
  return {
    dispose: () => {
      if (held) database.close();
      held = false;
    },
  };
}
