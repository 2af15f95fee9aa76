import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runState } from '../../../src/domain/runbook/state.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { journalRecord, journalStart, readJournal } from '../../../src/runs/journal-record.ts';
import { Run } from '../../../src/runs/run.ts';
import { identity } from './run-identity.ts';
import { runEvent, target } from '../domain/runbook/run-events.ts';
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
    assert.deepEqual((await journal.read()).events, []);
    await journal.append(signed('ok'));
    assert.deepEqual((await journal.read()).events, [signed('ok')]);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('stores events in the order of the calls', async () => {
    const journal = new JournalFile(file);
    const events = Array.from({ length: 30 }, (_, number) => signed(`note ${number}`));
    await Promise.all(events.map((event) => journal.append(event)));
    assert.deepEqual((await journal.read()).events, events);
  });

  const three = ['naïve “quotes”', '', 'line\nbreak'].map(signed);

  async function written(events: readonly RunEvent[] = three): Promise<Buffer> {
    const journal = new JournalFile(file);
    for (const event of events) await journal.append(event);
    return readFile(file);
  }

  it('gives the first events, whole, wherever it was torn, and goes on behind them', async () => {
    const bytes = await written();
    for (let end = 0; end <= bytes.length; end++) {
      await writeFile(file, bytes);
      await truncate(file, end);
      const journal = new JournalFile(file);
      const { events: read, torn, damagedFrom } = await journal.read();
      assert.deepEqual(read, three.slice(0, read.length), `torn at ${end}`);
      assert.equal(read.length, bytes.subarray(0, end).filter((byte) => byte === 0x0a).length);
      assert.equal(torn, end > 0 && bytes[end - 1] !== 0x0a, `torn at ${end}`);
      assert.equal(damagedFrom, undefined);
      await journal.append(signed('after'));
      const after = await new JournalFile(file).read();
      assert.deepEqual([after.events, after.torn], [[...read, signed('after')], false], `torn at ${end}`);
    }
  });

  it('is never believed beyond a byte that is not as it was written, and stores nothing more there', async () => {
    const bytes = await written();
    for (let at = 0; at < bytes.length; at++)
      for (const flip of [0x01, 0x20, 0x80, 0xff]) {
        const wrong = Buffer.from(bytes);
        wrong[at] = (wrong[at] ?? 0) ^ flip;
        const { events: read, torn, damagedFrom } = readJournal(wrong);
        const record = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length;
        assert.deepEqual(read, three.slice(0, record), `byte ${at}`);
        // Only the end of the last line tells a record that was never finished.
        if (at === bytes.length - 1) assert.ok(torn);
        else assert.equal(damagedFrom, record + 1, `byte ${at}`);
      }
    bytes[bytes.indexOf(0x0a) + 30] = 0x00;
    await writeFile(file, bytes);
    const journal = new JournalFile(file);
    await assert.rejects(journal.append(signed('after')), /damaged from record 2 on/);
    assert.deepEqual(await readFile(file), bytes);
  });

  it('notices records that are left out, doubled or in another order', async () => {
    const lines = (await written()).toString().split(/(?<=\n)/);
    const [first = '', second = '', third = ''] = lines;
    const of = (...parts: readonly string[]) => readJournal(Buffer.from(parts.join('')));
    assert.equal(of(first, third).damagedFrom, 2);
    assert.equal(of(first, first, second).damagedFrom, 2);
    assert.equal(of(second).damagedFrom, 1);
    assert.equal(of(first, third, second).damagedFrom, 2);
    assert.equal(of(first, second, third).damagedFrom, undefined);
  });

  it('holds nothing but the first events after any change of its bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 4 }), fc.nat(6)), {
          minLength: 1,
          maxLength: 3,
        }),
        (notes, changes) => {
          const events = notes.map(signed);
          let end = journalStart;
          let bytes = Buffer.alloc(0);
          for (const event of events) {
            const { line, next } = journalRecord(end, event);
            bytes = Buffer.concat([bytes, Buffer.from(line)]);
            end = next;
          }
          assert.equal(end.bytes, bytes.length);
          for (const [at, put, cut] of changes) {
            const from = at % (bytes.length + 1);
            bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
          }
          const read = readJournal(bytes).events;
          assert.deepEqual(read, events.slice(0, read.length));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('tells whoever waits that an event could not be stored, and tries the next all the same', async () => {
    await writeFile(join(folder, 'blocked'), '');
    const journal = new JournalFile(join(folder, 'blocked', 'run.jsonl'));
    await assert.rejects(journal.append(signed('lost')), { code: 'ENOTDIR' });
    await rm(join(folder, 'blocked'));
    await journal.append(signed('kept'));
    assert.deepEqual((await journal.read()).events, [signed('kept')]);
  });

  it('stores nothing where something else has written, or has taken the file away', async () => {
    const journal = new JournalFile(file);
    await journal.append(signed('mine'));
    await appendFile(file, 'not ours');
    await assert.rejects(journal.append(signed('more')), /changed by something else/);
    const again = new JournalFile(file);
    await again.append(signed('again'));
    await rm(file);
    await assert.rejects(again.append(signed('lost')), { code: 'ENOENT' });
  });

  it('is not one where it was written in another form', () => {
    const read = readJournal(Buffer.from('{"at":"2026-01-01T00:00:00Z","kind":"opened"}\n'));
    assert.deepEqual([read.events, read.damagedFrom], [[], 1]);
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
        assert.deepEqual(
          stored(runState(target, (await new JournalFile(path).read()).events)),
          stored(run.state),
        );
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
