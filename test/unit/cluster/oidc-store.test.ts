import assert from 'node:assert/strict';
import { access, chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { storeTokens } from '../../../src/cluster/kubeconfig/oidc-store.ts';

describe('new tokens in a kubeconfig', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oidc-store-'));
    file = join(folder, 'config');
    const user = (name: string) =>
      `- name: ${name}\n  user: {auth-provider: {name: oidc, config: {id-token: old, refresh-token: old}}}\n`;
    await writeFile(file, `# mine\nusers:\n${user('anna')}${user('ben')}`);
    await chmod(file, 0o600);
  });

  afterEach(() => rm(folder, { recursive: true }));

  const tokens = (name: string) => ({ 'id-token': `${name}-id`, 'refresh-token': `${name}-refresh` });

  it('are all written where two users of one file log in at the same time', async () => {
    await Promise.all(['anna', 'ben'].map((name) => storeTokens(file, name, tokens(name))));
    const text = await readFile(file, 'utf8');
    for (const word of ['# mine', 'anna-id', 'anna-refresh', 'ben-id', 'ben-refresh'])
      assert.ok(text.includes(word), word);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ['config']);
  });

  it('are not written under the lock of another, which stays, and the error names it', async () => {
    await writeFile(`${file}.lock`, '');
    await assert.rejects(storeTokens(file, 'anna', tokens('anna'), 100), /config\.lock/);
    await access(`${file}.lock`);
    assert.ok(!(await readFile(file, 'utf8')).includes('anna-id'));
  });
});
