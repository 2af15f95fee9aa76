import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { bundleExtension, repository } from '../bundle/bundle-extension.ts';

/** Where `npm run package` leaves the package: `kubernetes-rollback-<version>.vsix` in the repository. */
export function packageFile(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  return join(repository, `kubernetes-rollback-${version}.vsix`);
}

/** Bundles the extension as it is published and packs it into `file`. Needs no network. Rejects with vsce's words. */
export async function packageExtension(file: string): Promise<void> {
  await bundleExtension({ production: true });
  // The bundle holds all that the extension needs of its dependencies.
  await createVSIX({ cwd: repository, packagePath: file, dependencies: false, skipLicense: false });
}
