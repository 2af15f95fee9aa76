import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** A program with all its children, which never outlives this process. */
export interface GuardedProcess {
  readonly pid: number;
  /** Settles with the exit code and the end of its standard error once it has ended, for whatever reason. */
  readonly ended: Promise<{ readonly code: number; readonly lastLines: string }>;
  /** Ends the program and its children, by force after a second; resolves when they are gone. */
  stop(): Promise<void>;
}

export interface GuardedOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** A folder of its own: what it prints goes to `server.log` there, and the folder is removed in the end. */
  readonly folder: string;
}

/** Starts a program behind `guard.ts`, so that it ends with this process even when that is killed. */
export function startGuarded(options: GuardedOptions): GuardedProcess {
  const logFile = join(options.folder, 'server.log');
  const log = openSync(logFile, 'a');
  // Detached: a Ctrl-C in the terminal reaches us alone, and we end things in order.
  const guard = spawn(
    process.execPath,
    [join(import.meta.dirname, 'guard.ts'), options.folder, options.command, ...options.args],
    { detached: true, env: options.env, stdio: ['pipe', log, 'pipe'] },
  );
  closeSync(log);
  let lastLines = '';
  guard.stderr?.on('data', (data: Buffer) => (lastLines = `${lastLines}${data.toString()}`.slice(-4_000)));
  const ended = new Promise<number>((resolve, reject) => {
    guard.once('error', reject);
    guard.once('close', (code) => resolve(code ?? 1));
  });
  return {
    pid: guard.pid ?? 0,
    ended: ended.then((code) => ({ code, lastLines })),
    async stop() {
      guard.stdin?.destroy();
      await ended;
    },
  };
}
