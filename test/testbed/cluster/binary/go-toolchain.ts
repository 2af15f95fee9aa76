import { execFile } from 'node:child_process';

/** What `go` on this machine can do for us. */
export type GoToolchain =
  | { readonly usable: true; readonly version: string; readonly fetches: boolean }
  | { readonly usable: false; readonly problem: string };

/** The Go that the control plane's modules ask for, and the first Go that can fetch a newer one by itself. */
const WANTED = [1, 26] as const;
const FETCHES = [1, 21] as const;

const INSTALL =
  'Install Go 1.26 or newer from https://go.dev/doc/install and put it first in PATH' +
  ' (any Go from 1.21 on will do: it fetches the newer one by itself).';

/**
 * Judges what `go version` and `go env GOTOOLCHAIN` print; `undefined` stands for a `go` that could not be run.
 * Go 1.21 introduced fetching of toolchains, which GOTOOLCHAIN=local turns off (https://go.dev/doc/toolchain).
 */
export function judgeGo(versionOutput: string | undefined, toolchainSetting: string): GoToolchain {
  if (versionOutput === undefined) {
    return { usable: false, problem: `Go is needed to build the test cluster and was not found. ${INSTALL}` };
  }
  const found = /\bgo(\d+)\.(\d+)\S*/.exec(versionOutput);
  if (found === null) {
    const seen = versionOutput.trim();
    return { usable: false, problem: `\`go version\` printed "${seen}", which names no version. ${INSTALL}` };
  }
  const version = found[0].slice('go'.length);
  const numbers = [Number(found[1]), Number(found[2])] as const;
  if (atLeast(numbers, WANTED)) return { usable: true, version, fetches: false };
  if (!atLeast(numbers, FETCHES)) {
    const debian = numbers[1] === 19 ? " (Debian 12's own package is that old)" : '';
    return { usable: false, problem: `Go ${version} is too old for the test cluster${debian}. ${INSTALL}` };
  }
  if (toolchainSetting.trim() === 'local') {
    const problem = `Go ${version} may not fetch the Go 1.26 that the test cluster needs: GOTOOLCHAIN is "local".`;
    return { usable: false, problem: `${problem} Run \`go env -w GOTOOLCHAIN=auto\`, or install Go 1.26.` };
  }
  return { usable: true, version, fetches: true };
}

/** Looks at this machine's `go`. Rejects with a message that says what to install when it cannot build the cluster. */
export async function requireGo(): Promise<{ version: string; fetches: boolean }> {
  const [version, setting] = await Promise.all([output(['version']), output(['env', 'GOTOOLCHAIN'])]);
  const judged = judgeGo(version, setting ?? '');
  if (!judged.usable) throw new Error(judged.problem);
  return judged;
}

function atLeast(found: readonly [number, number], wanted: readonly [number, number]): boolean {
  return found[0] > wanted[0] || (found[0] === wanted[0] && found[1] >= wanted[1]);
}

/** What `go` prints, or undefined when there is none. Away from the module: its go.mod would make Go fetch already. */
function output(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('go', args, { cwd: '/', encoding: 'utf8' }, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
}
