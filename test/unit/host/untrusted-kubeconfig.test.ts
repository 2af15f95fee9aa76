import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { untrustedKubeconfig } from '../../../src/host/untrusted-kubeconfig.ts';

describe('a kubeconfig in a workspace that is not trusted', () => {
  let folder: string;
  const at = (...path: readonly string[]): string => join(folder, ...path);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'untrusted-'));
    for (const name of ['workspace', 'workspace/..sub', 'home']) await mkdir(at(name));
    for (const name of ['workspace/config', 'workspace/..sub/config', 'home/config'])
      await writeFile(at(name), '');
    await symlink(at('workspace', 'config'), at('home', 'link'));
    await symlink(at('workspace'), at('opened'));
  });

  after(() => rm(folder, { recursive: true }));

  it('is not read, by whatever way it is named', () => {
    for (const file of [
      at('workspace', 'config'),
      at('workspace', '..sub', 'config'),
      at('home', 'link'),
      at('home', '..', 'workspace', 'config'),
      relative(process.cwd(), at('workspace', 'config')),
    ])
      for (const opened of ['workspace', 'opened'])
        assert.match(untrustedKubeconfig(file, [at(opened)]) ?? '', /not trusted.*Trust the workspace/, file);
  });

  it('is read where it lies elsewhere', () => {
    assert.equal(untrustedKubeconfig(at('home', 'config'), [at('workspace')]), undefined);
    assert.equal(untrustedKubeconfig(at('workspace-2', 'config'), [at('workspace')]), undefined);
    assert.equal(untrustedKubeconfig(at('workspace', 'config'), []), undefined);
  });
});
