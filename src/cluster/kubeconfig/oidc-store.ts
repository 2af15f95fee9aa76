import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { OidcConfig } from './oidc-login.ts';

/**
 * Writes a user's new tokens into the kubeconfig file that it comes from, as kubectl does: where the provider gives a new
 * refresh token, the one in the file is of no use any more, for kubectl neither. Comments and order stay. Throws where the
 * file cannot be written, or where kubectl holds its lock.
 */
export async function storeTokens(file: string, user: string, config: OidcConfig): Promise<void> {
  const { parseDocument } = await import('./yaml-library.ts');
  const target = await realpath(file);
  const lock = `${file}.lock`;
  await (await open(lock, 'wx')).close();
  try {
    const document = parseDocument(await readFile(target, 'utf8'), { version: '1.1', uniqueKeys: false });
    const users: unknown = document.toJS().users;
    const index = Array.isArray(users) ? users.findIndex((one: unknown) => nameOf(one) === user) : -1;
    if (index < 0) throw new Error(`${file} has no user ${user} any more`);
    for (const key of ['id-token', 'refresh-token'])
      document.setIn(['users', index, 'user', 'auth-provider', 'config', key], config[key]);
    const beside = `${target}.${process.pid}.new`;
    await writeFile(beside, document.toString(), { mode: (await stat(target)).mode });
    await rename(beside, target);
  } finally {
    await rm(lock, { force: true });
  }
}

function nameOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
}
