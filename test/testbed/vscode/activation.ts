import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** When the extension was activated last, in ms since the epoch: VS Code's own log says so. */
export async function activatedAt(serverFolder: string): Promise<number> {
  const logs = join(serverFolder, 'data', 'logs');
  const files = (await readdir(logs, { recursive: true })).filter((each) =>
    each.endsWith('remoteexthost.log'),
  );
  const texts = await Promise.all(files.map((each) => readFile(join(logs, each), 'utf8')));
  const times = texts.flatMap((text) =>
    [...text.matchAll(/^(\S+ \S+) .*_doActivateExtension kubernetes-rollback\./gm)].map(([, at = '']) =>
      Date.parse(at),
    ),
  );
  assert.ok(times.length > 0, 'VS Code has logged the activation');
  return Math.max(...times);
}
