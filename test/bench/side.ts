import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a side is started with. */
export interface SideOptions {
  readonly server: string;
  readonly kubeconfig: string;
  /** How much it is to do, where that is said. */
  readonly count: number;
}

/** What a side tells: that it is ready for what it has to measure, then what it measured. */
export type Told<Result> = { readonly ready: true } | { readonly result: Result };

/** No side takes that long. */
const limitMs = 120_000;

/**
 * Runs one side of a comparison, a file of `sides/`, in a process of its own, so that none pays for the other's memory or
 * code. `onReady` does to the cluster what is to be measured. Rejects where the side fails.
 */
export async function runSide<Result>(
  name: string,
  options: SideOptions,
  onReady: () => void = () => undefined,
): Promise<Result> {
  const file = join(import.meta.dirname, 'sides', `${name}.ts`);
  const child = spawn(process.execPath, ['--max-old-space-size=8192', file, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const late = setTimeout(() => child.kill(), limitMs);
  child.once('exit', () => clearTimeout(late));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code} and no result`)));
    child.on('message', (told: Told<Result>) => {
      if ('ready' in told) return onReady();
      resolve(told.result);
      child.kill();
    });
  });
}
