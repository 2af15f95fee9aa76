import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isSystemError } from '../../testbed/cache.ts';
import { startCluster } from '../../testbed/cluster/start.ts';
import { eventually } from '../../testbed/eventually.ts';

const START = join(import.meta.dirname, '../../testbed/cluster/start.ts');

describe('the end of a cluster', () => {
  it('leaves no program and no folder behind', async function () {
    this.timeout(60_000);
    const cluster = await startCluster();
    assert.equal((await programsOf(cluster.folder)).length, 5);
    await cluster.stop();
    assert.deepEqual(await programsOf(cluster.folder), []);
    assert.equal(existsSync(cluster.folder), false);
  });

  it('comes also when its process is killed with -9', async function () {
    this.timeout(60_000);
    const program = `const { startCluster } = await import(${JSON.stringify(START)});
      console.log((await startCluster()).folder);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [folder] = await once(createInterface({ input: child.stdout }), 'line');
    assert.ok(typeof folder === 'string');
    assert.equal((await programsOf(folder)).length, 5);
    child.kill('SIGKILL');
    await eventually('its programs to end', async () => (await programsOf(folder)).length === 0, {
      limit: 5_000,
    });
    // The next cluster clears away what the killed one could not.
    await (await startCluster()).stop();
    assert.equal(existsSync(folder), false);
  });

  it('tells the last words of a program that cannot start', async function () {
    this.timeout(60_000);
    await assert.rejects(
      startCluster({ admissionPlugins: ['NoSuchPlugin'] }),
      /kube-apiserver ended.*NoSuchPlugin/s,
    );
  });
});

/** The processes whose command line names the folder; Linux only, as is /proc. */
async function programsOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch((error: unknown) => {
      // It ended while we were looking.
      if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ESRCH')) return '';
      throw error;
    });
    if (commandLine.includes(folder)) found.push(commandLine.replaceAll('\0', ' '));
  }
  return found;
}
