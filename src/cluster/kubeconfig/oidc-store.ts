import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { OidcConfig } from './oidc-login.ts';

/** kubectl holds its lock for a moment; one that stays longer was left behind. In ms. */
const lockWaitMs = 3_000;
const lockAgainMs = 20;

/**
 * Writes a user's new tokens into the kubeconfig file that it comes from, as kubectl does: where the provider gives a new
 * refresh token, the one in the file is of no use any more, for kubectl neither. Comments and order stay. Throws where the
 * file cannot be written, or where somebody else holds kubectl's lock for longer than `waitMs`.
 */
export async function storeTokens(
  file: string,
  user: string,
  config: OidcConfig,
  waitMs = lockWaitMs,
): Promise<void> {
  const { parseDocument } = await import('./yaml-library.ts');
  const target = await realpath(file);
  const lock = `${file}.lock`;
  await take(lock, waitMs);
  try {
    const document = parseDocument(await readFile(target, 'utf8'), { version: '1.1', uniqueKeys: false });
    const users: unknown = document.toJS().users;
    const index = Array.isArray(users) ? users.findIndex((one: unknown) => nameOf(one) === user) : -1;
    if (index < 0) throw new Error(`${file} has no user ${user} any more`);
    for (const key of ['id-token', 'refresh-token'])
      document.setIn(['users', index, 'user', 'auth-provider', 'config', key], config[key]);
    const beside = `${target}.${process.pid}.new`;
    try {
      // On the disk before it takes the old one's place: no crash leaves an empty kubeconfig.
      await writeFile(beside, document.toString(), { mode: (await stat(target)).mode, flush: true });
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true }); // It holds tokens.
      throw error;
    }
  } finally {
    await rm(lock, { force: true });
  }
}

/** Another user of the same file, another window or kubectl may be writing just now. */
async function take(lock: string, waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;)
    try {
      return await (await open(lock, 'wx')).close();
    } catch (error) {
      const held = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!held || Date.now() >= until) throw error;
      await delay(lockAgainMs);
    }
}

function nameOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
}
