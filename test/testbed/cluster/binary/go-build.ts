import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { requireGo } from './go-toolchain.ts';

/** Told about every step worth a line to a person who waits. */
export type OnProgress = (line: string) => void;

/** A Go module beside this file and what to make of it. */
export interface GoProgram {
  readonly folder: string;
  /** The file in it that names the modules, `go.mod` where it has one set of them only. */
  readonly modfile: string;
  /** How a person calls it, such as "the control plane". */
  readonly title: string;
  readonly ldflags: string;
  /** About how many packages it is made of, for people who wait (`go list -deps . | wc -l`). */
  readonly packages: number;
}

/** Stands for all that decides what comes out: the sources, the module's lines and the flags. Hexadecimal, 16 digits. */
export async function sourceHash(program: GoProgram): Promise<string> {
  const { folder, modfile } = program;
  const modules = [modfile, modfile.replace(/mod$/, 'sum')];
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.go') || modules.includes(name))
    .sort();
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${program.ldflags}`);
  for (const name of names) hash.update(`\0${name}\0`).update(await readFile(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Compiles a program into `file`, telling how many packages are done every few seconds. Rejects with the compiler's
 * own last lines, or with what to install when Go is missing.
 */
export async function goBuild(program: GoProgram, file: string, onProgress: OnProgress): Promise<void> {
  const go = await requireGo();
  const using = go.fetches ? `Go ${go.version}, which fetches Go 1.26 first` : `Go ${go.version}`;
  onProgress(`Building ${program.title} with ${using}: some minutes the first time, kept for later`);
  const counted = countedLines(program, onProgress);
  const modules = program.modfile === 'go.mod' ? [] : [`-modfile=${program.modfile}`];
  const args = ['build', '-v', '-trimpath', ...modules, '-ldflags', program.ldflags, '-o', file, '.'];
  const child = spawn('go', args, {
    cwd: program.folder,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const last: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    counted(line);
    last.push(line);
    if (last.length > 20) last.shift();
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build of ${program.title} failed:\n${last.join('\n')}`));
    });
  });
}

/** `go build -v` prints a line per package that it compiles and per module that it downloads. */
function countedLines({ title, packages }: GoProgram, onProgress: OnProgress): (line: string) => void {
  const begun = Date.now();
  let [compiled, downloaded, told] = [0, 0, begun];
  return (line) => {
    if (line.startsWith('go: downloading')) downloaded += 1;
    else compiled += 1;
    const now = Date.now();
    if (now - told < 5_000) return;
    told = now;
    const done =
      compiled === 0
        ? `downloaded ${downloaded} modules`
        : `compiled ${compiled} of about ${packages} packages`;
    onProgress(`Building ${title}: ${done}, ${elapsed(now - begun)}`);
  };
}

/** A duration in milliseconds as "3 min 12 s". */
function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
