import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../cache.ts';
import { keep, type KeepOptions } from './keep.ts';
import type { KeptCluster } from './state.ts';

/** What the keeper tells the process that launched it, before that one lets go of it. */
type Told = { readonly line: string } | { readonly kept: KeptCluster } | { readonly problem: string };

/**
 * Starts a cluster that outlives this process: a process of its own keeps it. Resolves when the cluster is ready;
 * rejects with what went wrong.
 */
export async function launchKeeper(options: KeepOptions): Promise<KeptCluster> {
  const folder = cacheFolder('keeper');
  await mkdir(folder, { recursive: true });
  const output = openSync(join(folder, `${options.name}.log`), 'w');
  const { name, demo, metrics } = options;
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify({ name, demo, metrics })], {
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
    cwd: '/',
  });
  closeSync(output);
  try {
    return await new Promise<KeptCluster>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the keeper ended with code ${code}: see ${folder}`)));
      child.on('message', (told: Told) => {
        if ('line' in told) options.log(told.line);
        else if ('kept' in told) resolve(told.kept);
        else reject(new Error(told.problem));
      });
    });
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** The keeper's own process. */
async function main(options: Omit<KeepOptions, 'log'>): Promise<void> {
  const tell = (told: Told): void => {
    if (process.connected) process.send?.(told);
  };
  // Whoever launched us gave up before we were ready.
  const abandoned = (): void => process.exit(1);
  process.once('disconnect', abandoned);
  try {
    const kept = await keep({ ...options, log: (line) => tell({ line }) });
    process.off('disconnect', abandoned);
    tell({ kept });
  } catch (error) {
    tell({ problem: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.off('disconnect', abandoned);
    process.disconnect();
  }
}

if (process.argv[1] === import.meta.filename) await main(JSON.parse(process.argv[2] ?? '{}'));
