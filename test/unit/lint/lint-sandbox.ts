import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A copy of the project's lint rules and compiler settings with files of its own, linted once. */
export interface LintSandbox {
  /** The rules that a file breaks, such as `import(no-cycle)`. */
  complaints(file: string): readonly string[];
  remove(): Promise<void>;
}

const repository = join(import.meta.dirname, '..', '..', '..');

/** Writes the files (path → text) and lints them all. Rejects when the linter itself fails. */
export async function lintSandbox(files: Readonly<Record<string, string>>): Promise<LintSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
    await cp(join(repository, name), join(folder, name));
  }
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${text}\n`);
  }
  const found = await lint(folder);
  return {
    complaints: (file) => found.filter((one) => one.filename === file).map(({ code }) => code),
    remove: () => rm(folder, { recursive: true }),
  };
}

interface Complaint {
  readonly code: string;
  readonly filename: string;
}

function lint(folder: string): Promise<readonly Complaint[]> {
  const program = join(repository, 'node_modules', 'oxlint', 'bin', 'oxlint');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, '--format=json', 'src'],
      { cwd: folder, maxBuffer: 1e8 },
      (_error, stdout, stderr) => {
        try {
          // The exit code says only that something was found.
          const { diagnostics }: { diagnostics: readonly Complaint[] } = JSON.parse(stdout);
          resolve(diagnostics);
        } catch {
          reject(new Error(`oxlint failed: ${stdout}${stderr}`));
        }
      },
    );
  });
}
