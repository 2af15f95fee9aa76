import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { repository } from '../../scripts/bundle/bundle-extension.ts';

describe('npm start', () => {
  it('says what to try and where, and leaves nothing running after Ctrl-C', async () => {
    const start = spawn(process.execPath, ['scripts/start.ts', '--no-open'], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const said: string[] = [];
      for await (const line of createInterface({ input: start.stdout })) {
        said.push(line);
        if (line.includes('Ctrl-C')) break;
      }
      const text = said.join('\n');
      assert.match(text, /Three things to try:\n {2}1\. .*veza-backend-api[^]*\n {2}3\. /);
      const [address] = /http:\/\/127\.0\.0\.1:\S+/.exec(text) ?? [];
      assert.ok(address);
      assert.equal((await fetch(address)).status, 200);

      const started = await descendants(start.pid ?? 0);
      assert.ok(started.length >= 7, 'five programs of the cluster, VS Code and its guard');
      start.kill('SIGINT');
      assert.deepEqual(await once(start, 'exit'), [0, null]);
      const left = await processes();
      assert.deepEqual(
        left.filter(({ pid }) => started.includes(pid)),
        [],
      );
    } finally {
      start.kill('SIGKILL');
    }
  });
});

interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes of this machine, but for those that have ended and which init has not taken notice of yet. */
async function processes(): Promise<readonly RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([pid, parent, , command = '']) => ({ pid: Number(pid), parent: Number(parent), command }));
}

/** The ids of all processes that this one started, and those started. */
async function descendants(root: number): Promise<readonly number[]> {
  const all = await processes();
  const below = (parent: number): number[] =>
    all.filter((one) => one.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root);
}
