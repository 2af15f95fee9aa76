import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What of an extension's folder its users get; `vsce ls` says the same of ours, which a check compares. */
const published = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'dist',
  'media',
  'schemas',
];

/** Copies an extension into a folder of installed extensions, as installing its package would unpack it there. */
export async function installFromFolder(extension: string, extensionsFolder: string): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  if (!isManifest(manifest))
    throw new Error(`${extension}/package.json names no publisher, name, version or main file.`);
  const target = join(extensionsFolder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await mkdir(target, { recursive: true });
  const [main = ''] = manifest.main.replace('./', '').split('/');
  for (const name of [...published, main]) {
    if (existsSync(join(extension, name))) {
      await cp(join(extension, name), join(target, name), { recursive: true });
    }
  }
}

/** Has VS Code's server (the file `program`) install a .vsix into `folder`/extensions. Rejects with its words. */
export async function installPackage(program: string, file: string, folder: string): Promise<void> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    ...[program, '--accept-server-license-terms', '--server-data-dir', folder],
    ...['--extensions-dir', join(folder, 'extensions'), '--install-extension', file],
  ]);
  if (!stdout.includes('was successfully installed')) {
    throw new Error(`${file} was not installed:\n${stdout}${stderr}`);
  }
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
  /** The file that is run, or it in the folder that is bundled into. */
  readonly main: string;
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'publisher' in value &&
    typeof value.publisher === 'string' &&
    'name' in value &&
    typeof value.name === 'string' &&
    'version' in value &&
    typeof value.version === 'string' &&
    'main' in value &&
    typeof value.main === 'string'
  );
}
