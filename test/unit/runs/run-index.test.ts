import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { expiredRuns } from '../../../src/runs/retention.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { journalRecord, journalStart } from '../../../src/runs/journal-record.ts';
import { RunFolder } from '../../../src/runs/run-folder.ts';
import { RunIndex } from '../../../src/runs/run-index.ts';
import { applied, complete, confirmed, intended, progressed, target } from '../domain/runbook/run-events.ts';

const at = '2026-01-01T00:00:00.000Z';

describe('the list of runs', () => {
  let folder: RunFolder;
  const rethrow = (error: unknown): never => {
    throw error;
  };

  beforeEach(async () => {
    folder = new RunFolder(await mkdtemp(join(tmpdir(), 'index-')));
  });

  afterEach(() => rm(folder.path, { recursive: true }));

  const idOf = (number: number) =>
    `20260101T${String(Math.floor(number / 60)).padStart(4, '0')}${String(number % 60).padStart(2, '0')}Z-api-0001`;

  async function run(number: number, ...events: readonly RunEvent[]): Promise<string> {
    const id = idOf(number);
    let end = journalStart;
    let text = '';
    for (const event of [{ at, kind: 'opened', target, id, by: 'jane' } as const, ...events]) {
      const { line, next } = journalRecord(end, event);
      text += line;
      end = next;
    }
    await writeFile(folder.journalPath(id), text);
    return id;
  }

  it('says of each run how far it is, who was in it, and which revisions it is about; the newest first', async () => {
    await run(1, confirmed, intended, applied, complete, { at, kind: 'signedOff', by: 'bob', note: '' });
    await run(2, confirmed, intended);
    await run(3);
    await run(4, { at, kind: 'handedOver', by: 'jane', to: 'ada', note: '' });
    const runs = await new RunIndex(folder, rethrow).runs();
    assert.deepEqual(
      runs.map(({ summary: { stage, from, to, people, unanswered } }) => [
        stage,
        from,
        to,
        people.join(),
        unanswered,
      ]),
      [
        ['handedOver', undefined, undefined, 'jane,ada', false],
        ['opened', undefined, undefined, 'jane', false],
        ['rollingBack', 8, 7, 'jane', true],
        ['signedOff', 8, 7, 'jane,bob', false],
      ],
    );
  });

  it('says what it knows of a damaged run, however early the damage is', async () => {
    const late = await run(1, confirmed, intended);
    const early = await run(2, confirmed);
    const damage = async (id: string, from: string, to: string) => {
      const file = folder.journalPath(id);
      await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
    };
    await damage(late, 'deployment-uid', 'deployment-UID');
    await damage(early, 'opened', 'OPENED');
    await writeFile(folder.journalPath(idOf(3)), '');
    const runs = await new RunIndex(folder, rethrow).runs();
    assert.deepEqual(
      runs.map(({ summary, damagedFrom }) => [
        summary.id,
        summary.target.name,
        summary.openedAt.slice(0, 10),
        damagedFrom,
      ]),
      [
        [early, 'api', '2026-01-01', 1],
        [late, 'api', '2026-01-01', 3],
      ],
    );
  });

  it('reads a journal again when it has changed, and only then', async () => {
    const id = await run(1);
    const index = new RunIndex(folder, rethrow);
    assert.equal((await index.runs())[0]?.summary.stage, 'opened');
    const journal = new JournalFile(folder.journalPath(id));
    await journal.append(confirmed);
    assert.equal((await index.runs())[0]?.summary.stage, 'rollingBack');
    // Another window knows by the list that was stored, and does not read what stays the same.
    const { mtime, atime } = { mtime: new Date('2026-01-02T00:00:00Z'), atime: new Date() };
    await utimes(journal.path, atime, mtime);
    await index.runs();
    const text = await readFile(journal.path, 'utf8');
    await writeFile(journal.path, `${'x'.repeat(text.length - 1)}\n`);
    await utimes(journal.path, atime, mtime);
    assert.equal((await new RunIndex(folder, rethrow).runs())[0]?.damagedFrom, undefined);
    await rm(join(folder.path, 'index.json'));
    assert.equal((await new RunIndex(folder, rethrow).runs())[0]?.damagedFrom, 1);
  });

  it('is made anew where what was stored of it is not of its form', async () => {
    await run(1, confirmed);
    await writeFile(join(folder.path, 'index.json'), '{"version":1,"runs":[{"summary":{"id":"../../x"}}]}');
    assert.equal((await new RunIndex(folder, rethrow).runs()).length, 1);
    await writeFile(join(folder.path, 'index.json'), 'torn');
    assert.equal((await new RunIndex(folder, rethrow).runs()).length, 1);
  });

  it('is there at once with 500 runs, also the first time, and quicker than that afterwards', async () => {
    const long = Array.from({ length: 200 }, () => progressed);
    for (let number = 0; number < 500; number++)
      await run(number, confirmed, intended, applied, ...long, complete);
    const timed = async () => {
      const begun = performance.now();
      assert.equal((await new RunIndex(folder, rethrow).runs()).length, 500);
      return performance.now() - begun;
    };
    const first = await timed();
    const again = await timed();
    assert.ok(first < 5000 && again < 1000, `500 runs: ${first} ms, then ${again} ms`);
    if (process.env['MEASURE'] !== undefined)
      console.log(
        `      500 runs: ${Math.round(first)} ms when nothing is stored, then ${Math.round(again)} ms`,
      );
  });

  it('keeps what is under way, and what is over for as many days as the setting says', async () => {
    await run(1, confirmed, intended);
    const closed = await run(2, confirmed, { at, kind: 'closed', by: 'jane', reason: '' });
    const looked = await run(3);
    const summaries = (await new RunIndex(folder, rethrow).runs()).map(({ summary }) => summary);
    const day = 86_400_000;
    const after = (days: number, keepDays: number) =>
      expiredRuns(summaries, keepDays, Date.parse(at) + days * day + 1).toSorted();
    assert.deepEqual(after(89, 90), []);
    assert.deepEqual(after(90, 90), [closed, looked]);
    assert.deepEqual(after(10_000, 0), []);
    await folder.remove(closed);
    assert.ok(!(await folder.ids()).includes(closed));
    assert.throws(() => folder.journalPath('../../etc/passwd'), /is not the id of a run/);
  });
});
