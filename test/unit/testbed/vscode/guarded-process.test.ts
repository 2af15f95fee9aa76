import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../testbed/cache.ts';
import { eventually } from '../../../testbed/eventually.ts';
import { startGuarded } from '../../../testbed/vscode/guarded-process.ts';

/** Runs for ever, with a child that does so too and that no signal but SIGKILL ends; leaves both their ids in a file. */
const stubborn = `
  process.on('SIGTERM', () => {});
  const { spawn } = require('node:child_process');
  const { renameSync, writeFileSync } = require('node:fs');
  if (process.argv[2] === 'child') setInterval(() => {}, 1000);
  else {
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
    writeFileSync(process.argv[1] + '/ids.part', process.pid + ' ' + child.pid);
    renameSync(process.argv[1] + '/ids.part', process.argv[1] + '/ids');
    setInterval(() => {}, 1000);
  }`;

describe('a guarded process', () => {
  it('ends with all its children, stubborn as they are, and its folder goes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guarded-'));
    const guarded = startGuarded({
      command: process.execPath,
      args: ['-e', stubborn, folder],
      env: process.env,
      folder,
    });
    const ids = await idsIn(folder);
    assert.ok(ids.every(isAlive));
    await guarded.stop();
    // One that was killed stays in the list of processes until it is reaped.
    await eventually('the end of all', async () => !ids.some(isAlive));
    assert.equal(existsSync(folder), false);
  });

  it('ends so also when the process that started it is killed with -9', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guarded-'));
    const module = join(import.meta.dirname, '..', '..', '..', 'testbed', 'vscode', 'guarded-process.ts');
    const starter = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `const { startGuarded } = await import(${JSON.stringify(module)});
       startGuarded({ command: process.execPath, args: ['-e', ${JSON.stringify(stubborn)}, ${JSON.stringify(folder)}],
         env: process.env, folder: ${JSON.stringify(folder)} });`,
    ]);
    const ids = await idsIn(folder);
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    await removed(folder);
    // Those that are killed may take a moment to be gone.
    await eventually('the end of all', async () => !ids.some(isAlive));
  });

  it('tells how it ended when nobody asked it to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guarded-'));
    const { ended } = startGuarded({
      command: process.execPath,
      args: ['-e', 'console.error("no port"); process.exit(3)'],
      env: process.env,
      folder,
    });
    assert.deepEqual(await ended, { code: 3, lastLines: 'no port\n' });
  });
});

async function idsIn(folder: string): Promise<number[]> {
  const file = join(folder, 'ids');
  await changed(folder, () => existsSync(file));
  return (await readFile(file, 'utf8')).split(' ').map(Number);
}

function removed(folder: string): Promise<void> {
  return changed(tmpdir(), () => !existsSync(folder));
}

/** Resolves once the condition holds; it is looked at whenever something in the folder changes. */
function changed(folder: string, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, look);
    look();
    function look(): void {
      if (!condition()) return;
      watcher.close();
      resolve();
    }
  });
}
