import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, isSystemError } from '../cache.ts';

const PREFIX = 'kubernetes-rollback-cluster-';
const OWNER = 'owner.pid';

/**
 * A folder for one cluster: that one, made if need be, or a new temporary one. Temporary folders of processes that
 * died without removing theirs are removed on the way.
 */
export async function clusterFolder(asked: string | undefined): Promise<string> {
  if (asked !== undefined) {
    await mkdir(asked, { recursive: true });
    return asked;
  }
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFile(join(folder, OWNER), String(process.pid));
  return folder;
}

async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const folder = join(tmpdir(), name);
    const owner = await readFile(join(folder, OWNER), 'utf8').catch((error: unknown) => {
      // Made this very moment, or someone else's.
      if (isSystemError(error, 'ENOENT') || isSystemError(error, 'EACCES')) return undefined;
      throw error;
    });
    if (owner !== undefined && owner !== '' && !isAlive(Number(owner))) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
