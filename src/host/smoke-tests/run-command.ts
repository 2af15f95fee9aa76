import { type ChildProcess, spawn } from 'node:child_process';
import type { SmokeEnd } from '../../domain/runbook/smoke-test.ts';
import type { Clock } from '../../ports/clock.ts';

export interface CommandPlace {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

/** Between asking what was started to end and ending it, in ms. */
const graceMs = 3_000;
/** How long a program that has left something running may keep its output open after its own end, in ms. */
const lateOutputMs = 1_000;

/**
 * Runs a command in the shell, without a terminal, to its end. Where `signal` aborts it is ended with all that it has started:
 * asked first, and after three seconds by force. `print` is told what comes from both of its outputs.
 */
export async function runCommand(
  command: string,
  { folder, environment, clock }: CommandPlace,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<SmokeEnd> {
  if (signal.aborted) return { kind: 'notStarted', message: 'it was stopped before.' };
  // A group of its own, so that what the shell starts ends with it.
  const child = spawn(command, {
    shell: true,
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.stdout.setEncoding('utf8').on('data', print);
  child.stderr.setEncoding('utf8').on('data', print);
  const { promise, resolve } = Promise.withResolvers<SmokeEnd>();
  const end = (code: number | null, killed: NodeJS.Signals | null) =>
    resolve(
      killed === null ? { kind: 'exited', exitCode: code ?? undefined } : { kind: 'killed', signal: killed },
    );
  // Also told where it cannot be ended, each time: one that nobody hears would end the extension host.
  child.on('error', ({ message }) => resolve({ kind: 'notStarted', message }));
  child.once('close', end);
  const late = Promise.withResolvers<{ dispose(): void }>();
  child.once('exit', (code, killed) => late.resolve(clock.after(lateOutputMs, () => end(code, killed))));
  let force: { dispose(): void } | undefined;
  const stop = () => {
    endGroup(child, 'SIGTERM');
    force = clock.after(graceMs, () => endGroup(child, 'SIGKILL'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    force?.dispose();
    // What does not listen to being asked may outlive its shell.
    if (signal.aborted) endGroup(child, 'SIGKILL');
    void late.promise.then((timer) => timer.dispose());
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const taskkill = spawn('taskkill', ['/PID', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    // Where it cannot be started, the shell at least is ended.
    taskkill.once('error', () => child.kill());
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // All of it has ended meanwhile, or what is left is another user's, and macOS says so of what has just ended too.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
