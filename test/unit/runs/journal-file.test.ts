import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runState } from '../../../src/domain/runbook/state.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { runEvent, target } from '../domain/runbook/run-events.ts';
import { identity } from './run-identity.ts';
import { VirtualClock } from '../virtual-clock.ts';

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the journal of a run', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
    file = join(folder, 'deep', 'run.jsonl');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const signed = (note: string): RunEvent => ({
    at: '2026-01-01T00:00:00Z',
    kind: 'signed',
    item: 'users',
    by: 'jane',
    note,
  });

  it('is empty where there is no file, and makes one that only its owner reads', async () => {
    const journal = new JournalFile(file);
    assert.deepEqual(await journal.read(), []);
    await journal.append(signed('ok'));
    assert.deepEqual(await journal.read(), [signed('ok')]);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('stores events in the order of the calls', async () => {
    const journal = new JournalFile(file);
    const events = Array.from({ length: 30 }, (_, number) => signed(`note ${number}`));
    await Promise.all(events.map((event) => journal.append(event)));
    assert.deepEqual(await journal.read(), events);
  });

  it('gives the first events, whole, wherever it was torn, and goes on behind them', async () => {
    const journal = new JournalFile(file);
    const events = ['naïve “quotes”', '', 'line\nbreak'].map(signed);
    for (const event of events) await journal.append(event);
    const bytes = await readFile(file);
    for (let end = 0; end <= bytes.length; end++) {
      await writeFile(file, bytes);
      await truncate(file, end);
      const read = await journal.read();
      assert.deepEqual(read, events.slice(0, read.length), `torn at ${end}`);
      assert.equal(read.length, bytes.subarray(0, end).filter((byte) => byte === 0x0a).length);
      await journal.append(signed('after'));
      assert.deepEqual(await journal.read(), [...read, signed('after')], `torn at ${end}`);
    }
  });

  it('tells whoever waits that an event could not be stored, and tries the next all the same', async () => {
    await writeFile(join(folder, 'blocked'), '');
    const journal = new JournalFile(join(folder, 'blocked', 'run.jsonl'));
    await assert.rejects(journal.append(signed('lost')), { code: 'EEXIST' });
    await rm(join(folder, 'blocked'));
    await journal.append(signed('kept'));
    assert.deepEqual(await journal.read(), [signed('kept')]);
  });

  it('fails loudly on a whole line that is not an event', async () => {
    await writeFile(join(folder, 'run.jsonl'), 'not ours\n');
    await assert.rejects(new JournalFile(join(folder, 'run.jsonl')).read(), SyntaxError);
  });

  it('brings the same state back that the run had', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(runEvent, { maxLength: 8 }), async (events) => {
        const path = join(folder, `${number++}.jsonl`);
        const clock = new VirtualClock();
        const run = await Run.open(target, identity, new JournalFile(path), clock);
        for (const { at: _at, ...happening } of events) {
          await clock.advance(1000);
          await run.record(happening);
        }
        const again = await Run.open(
          target,
          identity,
          new JournalFile(path),
          new VirtualClock('2027-01-01T00:00:00Z'),
        );
        assert.deepEqual(stored(again.state), stored(run.state));
        assert.deepEqual(stored(runState(target, await new JournalFile(path).read())), stored(run.state));
      }),
      { numRuns: 25 },
    );
  });

  it('is written once the run says so, and the listeners are told at once', async () => {
    const run = await Run.open(target, identity, new JournalFile(file), new VirtualClock());
    let told = 0;
    const listening = run.onDidChange(() => told++);
    const recording = run.record({ kind: 'signed', item: 'users', by: 'jane', note: '' });
    assert.equal(told, 1);
    assert.equal(run.state.signatures.users?.by, 'jane');
    await recording;
    assert.equal((await readFile(file, 'utf8')).trim().split('\n').length, 2);
    listening.dispose();
    await run.record({ kind: 'signed', item: 'users', by: 'jane', note: '' });
    assert.equal(told, 1);
  });
});
