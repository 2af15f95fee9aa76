import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { repository } from '../../../scripts/bundle/bundle-extension.ts';
import { ADDED_FILES, PACKAGE_LIMITS } from '../../../scripts/package/contents.ts';
import { packageExtension } from '../../../scripts/package/package-extension.ts';
import { row, type Row } from '../row.ts';

/** What a person downloads. */
export async function packageSize(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  try {
    const file = join(folder, 'extension.vsix');
    await packageExtension(file);
    const names = await listFiles({ cwd: repository, packageManager: PackageManager.None });
    return [
      row('VSIX', (await stat(file)).size / 1000, 'kB', { goal: PACKAGE_LIMITS.bytes / 1000 }),
      row('files in the VSIX', names.length + ADDED_FILES, 'files', { goal: PACKAGE_LIMITS.files - 1 }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
