import { existsSync } from 'node:fs';
import { requireGo } from '../../test/testbed/cluster/binary/go-toolchain.ts';
import { isVsCodeServerInstalled } from '../../test/testbed/vscode/code-server.ts';
import { aptInstall } from './apt.ts';
import {
  browser,
  compilers,
  findProgram,
  missingMessage,
  type PackageManager,
  type Requirement,
} from './requirements.ts';

export interface Needs {
  /** A cluster of our own, which Go compiles. */
  readonly go: boolean;
  /** A browser that tests steer. */
  readonly browser: boolean;
  /** VS Code's server. */
  readonly vscode: boolean;
}

/** What is missing on this machine could not be installed by us; the message says all of it. */
export class MissingRequirements extends Error {}

/**
 * Makes sure that the machine has what is needed, and installs it where we run as root on Debian.
 * Rejects with MissingRequirements before anything long has begun.
 */
export async function setUp(needs: Needs, log: (line: string) => void): Promise<void> {
  const wanted = [
    ...(needs.browser ? [browser] : []),
    ...(needs.vscode && !isVsCodeServerInstalled() ? compilers : []),
  ];
  const missing = wanted.filter((requirement) => !requirement.present());
  const goProblem = needs.go ? await problemWithGo() : undefined;
  const canInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (goProblem !== undefined || (missing.length > 0 && !canInstall)) {
    throw new MissingRequirements(
      missingMessage(missing, packageManager(), goProblem === undefined ? [] : [goProblem]),
    );
  }
  if (missing.length > 0) await aptInstall(namesForApt(missing), log);
}

async function problemWithGo(): Promise<string | undefined> {
  try {
    await requireGo();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function packageManager(): PackageManager | undefined {
  return (['apt-get', 'dnf', 'brew'] as const).find((name) => findProgram(name) !== undefined);
}

function namesForApt(missing: readonly Requirement[]): readonly string[] {
  return missing.flatMap(({ packages }) => packages['apt-get'] ?? []);
}
