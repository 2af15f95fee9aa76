import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SmokeEnd } from '../../../src/domain/runbook/smoke-test.ts';
import { runCommand } from '../../../src/host/smoke-tests/run-command.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { eventually } from '../../testbed/eventually.ts';

describe('a command of the workspace', function () {
  let folder: string;
  let printed: string;

  before(function () {
    // Groups of processes are POSIX's; on Windows taskkill ends the tree.
    if (process.platform === 'win32') this.skip();
  });

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'command-')));
    printed = '';
  });

  afterEach(() => rm(folder, { recursive: true }));

  function run(command: string, signal = new AbortController().signal): Promise<SmokeEnd> {
    const environment = { ...process.env, ROLLBACK_DEPLOYMENT: 'api' };
    return runCommand(
      command,
      { folder, environment, clock: realClock },
      (text) => (printed += text),
      signal,
    );
  }

  /** Whether a process is there. */
  function lives(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  it('runs in the shell, in the folder, with what it is about, and tells both outputs and the exit code', async () => {
    const end = await run('pwd; echo "$ROLLBACK_DEPLOYMENT" >&2; exit 7');
    assert.deepEqual(end, { kind: 'exited', exitCode: 7 });
    assert.deepEqual(printed.split('\n').toSorted(), ['', folder, 'api'].toSorted());
  });

  it('is ended with all that it has started when it is stopped, also what does not listen', async () => {
    const stop = new AbortController();
    const running = run('(trap "" TERM; echo $$; while :; do sleep 0.1; done) & sleep 60', stop.signal);
    const started = /^(\d+)$/m;
    await eventually('the start', async () => started.test(printed));
    stop.abort();
    assert.equal((await running).kind, 'killed');
    const pid = Number(started.exec(printed)?.[1]);
    await eventually('the end of what it started', async () => !lives(pid));
  });

  it('ends by itself where it may not be ended, which macOS also says of what has just ended', async () => {
    const { kill } = process;
    process.kill = (pid, signal) => {
      if (pid < 0) throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
      return kill.call(process, pid, signal);
    };
    try {
      const stop = new AbortController();
      const running = run('echo begun; sleep 0.3; exit 3', stop.signal);
      await eventually('the start', async () => printed !== '');
      stop.abort();
      assert.deepEqual(await running, { kind: 'exited', exitCode: 3 });
    } finally {
      process.kill = kill;
    }
  });

  it('does not wait for what it has left running with its output open', async () => {
    const begun = realClock.now();
    assert.deepEqual(await run('sleep 20 & echo done'), { kind: 'exited', exitCode: 0 });
    assert.ok(realClock.now() - begun < 10_000);
    assert.equal(printed, 'done\n');
  });

  it('says why it could not be started', async () => {
    folder = await realpath(folder);
    const place = { folder: join(folder, 'nothing'), environment: process.env, clock: realClock };
    const end = await runCommand('true', place, () => undefined, new AbortController().signal);
    assert.equal(end.kind, 'notStarted');
  });

  it('is not started where it was stopped before', async () => {
    const end = await run('echo started', AbortSignal.abort());
    assert.deepEqual([end.kind, printed], ['notStarted', '']);
  });
});
