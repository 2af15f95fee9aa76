import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The folder where something built or downloaded is kept between clones: `$XDG_CACHE_HOME`, else `~/.cache`
 * (`~/Library/Caches` on macOS), then `kubernetes-rollback/<name>`. It may not exist yet.
 */
export function cacheFolder(name: string): string {
  const own = process.env['XDG_CACHE_HOME'];
  const system = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  const root = own === undefined || own === '' ? join(homedir(), ...system) : own;
  return join(root, 'kubernetes-rollback', name);
}

/**
 * The folder of `name` whose content `hash` stands for, made by `make` when it is not there yet. `make` fills a
 * temporary folder beside it that is renamed when complete, so nobody ever sees half of it; a second process that
 * wants the same waits for the first instead of doing the work twice. Rejects with what `make` rejects with.
 */
export async function cached(
  name: string,
  hash: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(name), hash);
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!(await claim(lock))) {
      await delay(200);
      continue;
    }
    try {
      if (!existsSync(folder)) await makeWhole(folder, make);
    } finally {
      await rm(lock, { force: true });
    }
  }
  return folder;
}

async function makeWhole(folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const unfinished = `${folder}.${randomUUID()}.unfinished`;
  await mkdir(unfinished);
  try {
    await make(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // A process that took over a lock it thought dead may have finished first: its folder is as good.
    if (!existsSync(folder)) throw error;
  }
}

/** Takes the lock, or clears it away when the process that holds it is dead. True when it is ours now. */
async function claim(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
  const holder = await readFile(lock, 'utf8').catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  });
  // An empty file is a lock taken this very moment.
  if (holder !== undefined && holder !== '' && !isAlive(Number(holder))) await rm(lock, { force: true });
  return false;
}

/** Whether a process of that id runs (also when it belongs to someone else). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error, 'EPERM');
  }
}

/** Whether an error is the operating system's of that code, such as ENOENT. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
