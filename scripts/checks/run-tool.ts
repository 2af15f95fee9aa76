import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../bundle/bundle-extension.ts';

/** Runs a tool of node_modules on the repository; resolves with what it printed when it objects, else with nothing. */
export function runTool(file: string, ...args: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(repository, 'node_modules', file), ...args], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code === 0 ? [] : [output.trim() === '' ? `ended with code ${code}` : output.trim()]);
    });
  });
}
