import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

import { askFor, forgetAsking, isAskedFor, isLocked, takeLock } from '../../../src/runs/lock.ts';

/** Another process that takes and gives back the lock when told to. */
interface Other {
  readonly process: ChildProcess;
  tell(command: 'take' | 'release'): Promise<string>;
  end(signal: NodeJS.Signals): Promise<void>;
}

describe('the lock of a run', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let others: Other[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
    file = join(folder, 'deep', 'run.lock');
    others = [];
  });

  afterEach(async () => {
    for (const other of others) await other.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  function other(): Other {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-process.ts'), file], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const lines: Interface = createInterface({ input: child.stdout });
    const ended = once(child, 'exit');
    const made: Other = {
      process: child,
      async tell(command) {
        const answer = once(lines, 'line');
        child.stdin.write(`${command}\n`);
        return String((await answer)[0]);
      },
      async end(signal) {
        child.kill(signal);
        await ended;
      },
    };
    others.push(made);
    return made;
  }

  it('is had by one process at a time, and by the next one when it is given back', async () => {
    const holder = other();
    assert.equal(await holder.tell('take'), 'taken');
    assert.equal(await takeLock(file), undefined);
    await holder.tell('release');
    const mine = await takeLock(file);
    assert.ok(mine);
    assert.equal(await holder.tell('take'), 'refused');
    mine.dispose();
    mine.dispose();
    assert.equal(await holder.tell('take'), 'taken');
  });

  it('is had once within one process too', async () => {
    const mine = await takeLock(file);
    assert.ok(mine);
    assert.equal(await takeLock(file), undefined);
    mine.dispose();
    (await takeLock(file))?.dispose();
  });

  it('ends with its process, however that is killed: the next one has it at once', async () => {
    for (let time = 0; time < 3; time++) {
      const holder = other();
      assert.equal(await holder.tell('take'), 'taken');
      await holder.end('SIGKILL');
      const mine = await takeLock(file);
      assert.ok(mine, 'the lock of a killed process is free');
      mine.dispose();
    }
  });

  it('has never two holders, however many ask at the same time, and leaves nothing in the file', async () => {
    const all = Array.from({ length: 4 }, other);
    for (let round = 0; round < 50; round++) {
      const answers = await Promise.all(all.map((each) => each.tell('take')));
      assert.ok(answers.filter((answer) => answer === 'taken').length <= 1, answers.join());
      await Promise.all(
        all.map(async (each, index) => (answers[index] === 'taken' ? each.tell('release') : '')),
      );
    }
    assert.equal(await all[0]?.tell('take'), 'taken', 'it is free when all have given it back');
    assert.equal((await stat(file)).size, 0);
  });

  it('can be looked at by others, who never keep anybody from having it', async () => {
    assert.equal(await isLocked(file), false);
    const holder = other();
    assert.equal(await holder.tell('take'), 'taken');
    assert.equal(await isLocked(file), true);
    await holder.tell('release');
    assert.equal(await isLocked(file), false);
    for (let time = 0; time < 30; time++) {
      const [answer] = await Promise.all([
        holder.tell('take'),
        isLocked(file),
        isLocked(file),
        isLocked(file),
      ]);
      assert.equal(answer, 'taken', `time ${time}`);
      await holder.tell('release');
    }
  });

  it('can be asked for', async () => {
    assert.equal(await isAskedFor(file), false);
    await askFor(file);
    assert.equal(await isAskedFor(file), true);
    await forgetAsking(file);
    await forgetAsking(file);
    assert.equal(await isAskedFor(file), false);
  });

  it('is refused with the reason where its file cannot be made', async () => {
    await writeFile(join(folder, 'blocked'), '');
    await assert.rejects(takeLock(join(folder, 'blocked', 'run.lock')), { code: 'EEXIST' });
  });
});
