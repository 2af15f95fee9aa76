import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { browserFile } from '../../test/testbed/vscode/browser-file.ts';

/** Something that a package manager of the system installs. */
export interface Requirement {
  readonly what: string;
  readonly why: string;
  /** The package's name for each package manager; none where the system brings it along. */
  readonly packages: Readonly<Partial<Record<PackageManager, string>>>;
  readonly present: () => boolean;
}

export type PackageManager = 'apt-get' | 'dnf' | 'brew';

/** The browser that tests steer. */
export const browser: Requirement = {
  what: 'Chromium',
  why: 'shows VS Code to the tests',
  packages: { 'apt-get': 'chromium', dnf: 'chromium', brew: '--cask chromium' },
  present: () => browserFile() !== undefined,
};

/** What npm compiles VS Code's server with. */
export const compilers: readonly Requirement[] = [
  program('python3', { 'apt-get': 'python3', dnf: 'python3', brew: 'python3' }),
  program('make', { 'apt-get': 'make', dnf: 'make', brew: 'make' }),
  program('g++', { 'apt-get': 'g++', dnf: 'gcc-c++', brew: 'gcc' }),
  {
    what: 'the headers of Kerberos (gssapi/gssapi.h)',
    why: "VS Code's server is compiled with it",
    packages: { 'apt-get': 'libkrb5-dev', dnf: 'krb5-devel', brew: 'krb5' },
    // macOS brings them along in its own frameworks.
    present: () => process.platform !== 'linux' || existsSync('/usr/include/gssapi/gssapi.h'),
  },
];

function program(what: string, packages: Requirement['packages']): Requirement {
  return {
    what,
    why: "VS Code's server is compiled with it",
    packages,
    present: () => findProgram(what) !== undefined,
  };
}

/** The file that runs when one types the name, from PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** One message that names all that is missing and the command that installs it. */
export function missingMessage(
  missing: readonly Requirement[],
  manager: PackageManager | undefined,
  further: readonly string[],
): string {
  const lines = missing.map(({ what, why }) => `  - ${what}: ${why}`);
  const names = missing.flatMap(({ packages }) => (manager === undefined ? [] : (packages[manager] ?? [])));
  const how: Readonly<Record<PackageManager, string>> = {
    'apt-get': `sudo apt-get update && sudo apt-get install --yes ${names.join(' ')}`,
    dnf: `sudo dnf install --assumeyes ${names.join(' ')}`,
    brew: `brew install ${names.join(' ')}`,
  };
  const command = manager === undefined ? [] : ['Install it with:', `  ${how[manager]}`];
  return [
    ...(missing.length === 0 ? [] : ['Missing on this machine:', ...lines, ...command]),
    ...further,
  ].join('\n');
}
