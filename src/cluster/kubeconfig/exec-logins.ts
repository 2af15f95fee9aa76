import { LoginCommandError } from './login-command-error.ts';
import { type ExecCredential, execCredentialOf, refuseUnusable } from './exec-credential.ts';
import { runCommand } from './exec-process.ts';
import type { ExecEntry } from './schema.ts';

/** How long a login command may take, in ms: a person may have to type a second factor in a browser. */
const loginTimeoutMs = 120_000;

const installHelp =
  'It looks like a client-go credential plugin that is not installed, or not in the PATH that VS Code was started with.';

interface Running {
  readonly credential: Promise<ExecCredential>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Runs the login commands of kubeconfig users and keeps what they gave until it expires: one run at a time for the same
 * command, however many contexts and requests wait for it. Source: client-go, plugin/pkg/client/auth/exec.
 */
export class ExecLogins {
  readonly #timeoutMs: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, ExecCredential>();
  readonly #running = new Map<string, Running>();

  constructor(timeoutMs = loginTimeoutMs, now: () => number = Date.now) {
    this.#timeoutMs = timeoutMs;
    this.#now = now;
  }

  /**
   * What the command gives. `info` is its KUBERNETES_EXEC_INFO; one that `isRefused` is not given again. The run is ended
   * when everybody who waits for it has stopped. Throws LoginCommandError in kubectl's words.
   */
  async credential(
    exec: ExecEntry,
    info: string,
    isRefused: (credential: ExecCredential) => boolean,
    signal: AbortSignal,
  ): Promise<ExecCredential> {
    refuseUnusable(exec);
    const key = JSON.stringify([exec, info]);
    const kept = this.#kept.get(key);
    if (kept !== undefined && !isRefused(kept) && !this.#isOver(kept)) return kept;
    this.#kept.delete(key);
    const running = this.#running.get(key) ?? this.#start(key, exec, info);
    running.waiting += 1;
    const leave = (): void => {
      running.waiting -= 1;
      if (running.waiting === 0) running.stop.abort(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    try {
      return await running.credential;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #isOver({ expiresAt }: ExecCredential): boolean {
    return expiresAt !== undefined && expiresAt <= this.#now();
  }

  #start(key: string, exec: ExecEntry, info: string): Running {
    const stop = new AbortController();
    const credential = this.#run(exec, info, stop.signal).then((given) => {
      this.#kept.set(key, given);
      return given;
    });
    const running: Running = { credential, stop, waiting: 0 };
    this.#running.set(key, running);
    const ended = (): void => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    credential.then(ended, ended);
    // A run that nobody waits for any more is not to be joined.
    stop.signal.addEventListener('abort', ended);
    return running;
  }

  async #run(exec: ExecEntry, info: string, signal: AbortSignal): Promise<ExecCredential> {
    const environment = {
      ...process.env,
      ...Object.fromEntries(exec.env.map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: info,
    };
    try {
      const limits = { timeoutMs: this.#timeoutMs, signal };
      const end = await runCommand(exec.command, exec.args, environment, limits);
      if (end.code === 0) return await execCredentialOf(end.output, exec);
      const how = end.code === null ? 'was ended by a signal' : `failed with exit code ${end.code}`;
      const said = printable(end.problem);
      throw new Error(`exec: executable ${exec.command} ${how}${said === '' ? '' : `: ${said}`}`);
    } catch (error) {
      throw commandError(error, exec, this.#timeoutMs);
    }
  }
}

function commandError(
  error: unknown,
  { command, installHint }: ExecEntry,
  timeoutMs: number,
): LoginCommandError {
  const thrown = error instanceof Error ? error : new Error(String(error));
  if (thrown.name === 'TimeoutError')
    return new LoginCommandError(
      `exec: executable ${command} did not end within ${timeoutMs / 1000} s and was stopped. Log in by kubectl in a terminal, then refresh`,
      { timedOut: true },
    );
  const hint = printable(installHint);
  const words =
    'code' in thrown && thrown.code === 'ENOENT'
      ? `exec: executable ${command} not found. ${installHelp}${hint === '' ? '' : ` ${hint}`}`
      : thrown.message;
  return new LoginCommandError(words, { cause: error });
}

/** Text of others for a message: without what could steer a terminal or hide. */
function printable(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\s]/gu, '').trim();
}
