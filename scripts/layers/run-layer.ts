import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TALLY_FILE, type Tally } from '../../test/reporting/tally.ts';
import { repository } from '../bundle/bundle-extension.ts';
import { type Layer, layerCommand } from './layers.ts';

/** No layer takes so long on the slowest machine; one that does hangs. */
const limitMs = 20 * 60_000;

/** Runs a layer's tests in a process of its own, which prints them. A process that died counts as a failed test. */
export async function runLayer(layer: Layer, further: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'tally-'));
  const file = join(folder, 'tally.json');
  const child = spawn(process.execPath, layerCommand(layer, further), {
    cwd: repository,
    env: { ...process.env, [TALLY_FILE]: file },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGTERM', passOn);
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  clearTimeout(limit);
  process.off('SIGTERM', passOn);
  const tally = readTally(file);
  await rm(folder, { recursive: true });
  if (tally !== undefined && (code === 0 || tally.failed.length > 0)) return tally;
  const end = `its process ended with ${code === null ? 'a signal' : `exit code ${code}`}`;
  return { ...(tally ?? { passed: 0, skipped: 0 }), failed: [end] };
}

function readTally(file: string): Tally | undefined {
  if (!existsSync(file)) return undefined;
  const tally: Tally = JSON.parse(readFileSync(file, 'utf8')); // Written by a process of ours.
  return tally;
}
