import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A server of the cluster that runs until it is ended, or until this process ends. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  /** Settles with a description when the program ended without being asked to. */
  readonly died: Promise<string>;
  /** Ends it, by force when it takes over a second; resolves once it is gone. */
  end(): Promise<void>;
}

export interface ProgramOptions {
  readonly file: string;
  readonly name: string;
  readonly args: readonly string[];
  /** Where its output is written to (appended). */
  readonly logFile: string;
  readonly folder: string;
}

/**
 * Starts a server with a pipe as its standard input: the programs end when that pipe closes, which the operating
 * system does for us however this process ends.
 */
export function startProgram(options: ProgramOptions): Program {
  const log = openSync(options.logFile, 'a');
  // In a process group of its own: Ctrl-C is for whoever started the cluster, who then ends it in order.
  const child = spawn(options.file, options.args, {
    cwd: options.folder,
    stdio: ['pipe', log, log],
    detached: true,
  });
  closeSync(log);
  // Writing nothing ever, the pipe can only fail by the program's end, which `died` tells.
  child.stdin?.on('error', () => undefined);
  let asked = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`));
  });
  return {
    name: options.name,
    pid: child.pid ?? 0,
    died: new Promise((resolve) => {
      void ended.then(async (how) => {
        if (!asked) resolve(`${options.name} ${how}\n${await lastLines(options.logFile)}`);
      });
    }),
    async end() {
      asked = true;
      await endChild(child, ended);
    },
  };
}

async function endChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin?.destroy();
  const force = new AbortController();
  const timer = delay(1_000, 'late', { signal: force.signal }).catch(() => 'ended');
  if ((await Promise.race([ended, timer])) === 'late') child.kill('SIGKILL');
  force.abort();
  await ended;
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
