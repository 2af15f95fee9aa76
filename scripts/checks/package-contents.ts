import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { repository } from '../bundle/bundle-extension.ts';
import { contentProblems } from '../package/contents.ts';
import { packageExtension } from '../package/package-extension.ts';

/** Packs the extension into a temporary file and says in words what is wrong with its contents. */
export async function checkPackage(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  try {
    const file = join(folder, 'extension.vsix');
    await packageExtension(file);
    const names = await listFiles({ cwd: repository, packageManager: PackageManager.None });
    return contentProblems(names, (await stat(file)).size);
  } finally {
    await rm(folder, { recursive: true });
  }
}
