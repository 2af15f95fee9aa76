/**
 * Runs a command in a process group of its own and ends the whole group when our standard input closes, which the
 * operating system does for us however the process that started us ends.
 * Arguments: a folder to remove in the end, the command and its arguments. Exits as the command does.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const graceMs = 1_000;
const [folder = '', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

child.once('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.once('exit', (code) => {
  endGroup('SIGKILL'); // What the command left behind.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit(code ?? 1);
});

process.stdin.once('close', end);
process.stdin.once('end', end);
process.stdin.resume();

function end(): void {
  endGroup('SIGTERM');
  setTimeout(() => endGroup('SIGKILL'), graceMs);
}

function endGroup(signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: the group has gone already, which is what we want.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
