import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import type { Clock, Ending } from '../../ports/clock.ts';

/** How often the files are looked at: by polling, since they may not exist yet, be links, or lie on a network share. */
const everyMs = 1_000;
/** Tools write a kubeconfig in several steps: they are one change. */
const settledAfterMs = 300;

/** Tells when one of the files is written, made or removed, once things have settled. Keeps no process alive. */
export function watchFiles(files: readonly string[], clock: Clock, changed: () => void): Ending {
  let soon: Ending | undefined;
  const listener: StatsListener = () => {
    soon?.dispose();
    soon = clock.after(settledAfterMs, changed);
  };
  for (const file of files) watchFile(file, { interval: everyMs, persistent: false }, listener);
  return {
    dispose: () => {
      soon?.dispose();
      for (const file of files) unwatchFile(file, listener);
    },
  };
}
