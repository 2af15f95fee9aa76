import { spawn } from 'node:child_process';
import { homedir } from 'node:os';

/** How a command ended by itself. `code` is null where a signal ended it. */
export interface CommandEnd {
  readonly code: number | null;
  readonly output: string;
  /** The end of what it said besides, for people. */
  readonly problem: string;
}

export interface CommandLimits {
  /** Milliseconds until it is ended. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const mostOutput = 1024 * 1024;
const shownProblem = 600;
/** Between asking it to end and ending it. */
const graceMs = 2_000;

/**
 * Runs a command without a terminal to its end. When its time is up or the signal aborts, it and what it started are ended
 * and this rejects with the signal's reason, a `TimeoutError` in the first case. Rejects with ENOENT where there is no such
 * program. It runs in the home folder: a workspace must not lend it its files.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { timeoutMs, signal }: CommandLimits,
): Promise<CommandEnd> {
  signal.throwIfAborted();
  const ownGroup = process.platform !== 'win32';
  const child = spawn(command, args, {
    env: environment,
    cwd: homedir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
    windowsHide: true,
  });
  let output = '';
  let problem = '';
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const tooMuch = new AbortController();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > mostOutput) tooMuch.abort(new Error(`it printed more than ${mostOutput} characters`));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    problem = (problem + text).slice(-shownProblem);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ending = AbortSignal.any([stop, tooMuch.signal]);
  const kill = (): void => {
    endGroup(child.pid, ownGroup, 'SIGTERM');
    const last = setTimeout(() => endGroup(child.pid, ownGroup, 'SIGKILL'), graceMs);
    // What left the group may hold the pipes open: its output is of no use any more.
    child.once('exit', () => {
      clearTimeout(last);
      endGroup(child.pid, ownGroup, 'SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    });
  };
  ending.addEventListener('abort', kill, { once: true });
  try {
    const code = await ended;
    ending.throwIfAborted();
    return { code, output, problem };
  } finally {
    ending.removeEventListener('abort', kill);
  }
}

function endGroup(pid: number | undefined, ownGroup: boolean, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (!ownGroup) {
    // Windows knows no groups of this kind; this ends the tree.
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).unref();
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: all of it has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
