import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runId } from '../../../src/domain/runbook/run-id.ts';
import { redactedMark } from '../../../src/domain/redact.ts';
import { giveBack, type HeldRun, holdRun, inHand, type RunPlace } from '../../../src/runs/held-run.ts';
import { lookAtRun } from '../../../src/runs/looked-at-run.ts';
import { RunFolder } from '../../../src/runs/run-folder.ts';
import { RunIndex } from '../../../src/runs/run-index.ts';
import { applied, complete, confirmed, intended, target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('the run of a deployment on one machine', () => {
  let path: string;
  let clock: VirtualClock;
  let number: number;
  const jane = { by: 'jane', host: 'laptop' };

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'held-')), 'runs');
    clock = new VirtualClock();
    number = 0;
  });

  afterEach(() => rm(join(path, '..'), { recursive: true }));

  const rethrow = (error: unknown): never => {
    throw error;
  };

  /** What one window has: an index of its own, over the same folder. */
  function window(): RunPlace {
    const folder = new RunFolder(path);
    const random = () => `00${(number++).toString(16)}`.padStart(4, '0');
    const newId = ({ name }: { name: string }) => runId(new Date(clock.now()).toISOString(), name, random());
    return { folder, index: new RunIndex(folder, rethrow), clock, newId };
  }

  async function held(place = window(), of = target): Promise<HeldRun> {
    const found = await holdRun(place, of, jane, rethrow);
    assert.ok(found, 'it is in nobody’s hand');
    return found;
  }

  function letGo(held: HeldRun): Promise<void> {
    return giveBack(held, [held.run.settled()]);
  }

  /** Holds the run, records these, lets it go; gives its id. */
  async function happened(...events: readonly RunEvent[]): Promise<string> {
    const one = await held();
    for (const { at: _at, ...happening } of events) await one.run.record(happening);
    await letGo(one);
    return one.run.state.id;
  }

  it('is looked at by another window while it is in hand, with the folder of what is kept with it', async () => {
    const { folder, index } = window();
    assert.equal(await lookAtRun(folder, index, target), undefined);
    const one = await held();
    for (const { at: _at, ...happening } of [confirmed, intended]) await one.run.record(happening);
    const looked = await lookAtRun(folder, index, target);
    assert.deepEqual(looked?.state, one.run.state);
    assert.equal(looked?.attachments, folder.attachments(one.run.state.id));
    await letGo(one);
  });

  it('is gone on with for its clean-up after the sign-off, unless another one is asked for', async () => {
    const at = '2026-01-01T00:00:00.000Z';
    const first = await happened(confirmed, applied, complete, {
      at,
      kind: 'signedOff',
      by: 'jane',
      note: '',
    });
    assert.equal(await happened(), first);
    const another = await holdRun(window(), target, jane, rethrow, true);
    assert.ok(another);
    const { id } = another.run.state;
    await letGo(another);
    assert.notEqual(id, first);
    assert.equal(await happened(), id);
  });

  it('is begun once, and gone on with by the next window, which says so in the journal', async () => {
    const id = await happened(confirmed, intended);
    assert.match(id, /^20260101T000000Z-api-0000$/);
    const again = await held();
    assert.equal(again.run.state.id, id);
    assert.equal(again.run.state.rollback?.intent?.toReplicaSet, 'good-uid');
    await letGo(again);
    const { events } = await new RunFolder(path).journal(id).read();
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['opened', 'rollbackConfirmed', 'writeIntended', 'resumed'],
    );
  });

  it('is in one window’s hand at a time, whichever run it is, and the other one writes nothing', async () => {
    const mine = await held();
    await mine.run.record({ kind: 'signed', item: 'users', by: 'jane', note: 'works' });
    const before = await readFile(join(path, `${mine.run.state.id}.jsonl`), 'utf8');
    assert.equal(await holdRun(window(), target, { by: 'bob', host: 'laptop' }, rethrow), undefined);
    assert.equal(await readFile(join(path, `${mine.run.state.id}.jsonl`), 'utf8'), before);
    assert.equal((await new RunFolder(path).ids()).length, 1);
    const other = await held(window(), { ...target, name: 'web' });
    await letGo(other);
    await letGo(mine);
    const theirs = await held(window());
    assert.equal(theirs.run.state.signatures.users?.note, 'works');
    await letGo(theirs);
  });

  it('is given back though something of its end fails, after all else has ended, and says what failed', async () => {
    const mine = await held();
    const slow = Promise.withResolvers<void>();
    const back = giveBack(mine, [Promise.reject(new Error('disk full')), slow.promise]);
    assert.equal(await holdRun(window(), target, jane, rethrow), undefined);
    slow.resolve();
    await assert.rejects(back, /disk full/);
    await letGo(await held(window()));
  });

  it('is given back where it cannot be gone on with, and says why', async () => {
    const mine = await held();
    const failing = inHand(mine, () => {
      throw new Error('no such setting');
    });
    await assert.rejects(failing, /no such setting/);
    const theirs = await held(window());
    assert.equal(await inHand(theirs, ({ run }) => run.state.id), theirs.run.state.id);
    assert.equal(await holdRun(window(), target, jane, rethrow), undefined);
    await letGo(theirs);
  });

  it('is another one after a run that was closed or handed over, and all of them stay', async () => {
    const first = await happened(confirmed, { at: '', kind: 'closed', by: 'jane', reason: 'false alarm' });
    await clock.advance(1000);
    const second = await happened({ at: '', kind: 'handedOver', by: 'jane', to: 'bob', note: '' });
    await clock.advance(1000);
    const third = await happened();
    assert.equal(new Set([first, second, third]).size, 3);
    assert.deepEqual(await new RunFolder(path).ids(), [first, second, third].toSorted());
  });

  it('is the same for a day after its sign-off, for what is left to do, and for as long as a rollback is not signed off', async () => {
    const id = await happened(confirmed, intended, applied, complete);
    await clock.advance(90 * 86_400_000);
    assert.equal(await happened(), id);
    assert.equal(await happened({ at: '', kind: 'signedOff', by: 'jane', note: '' }), id);
    await clock.advance(3_600_000);
    assert.equal(await happened(), id);
    await clock.advance(2 * 86_400_000);
    assert.notEqual(await happened(), id);
  });

  it('is not gone on with where its journal is damaged: that one is said, kept, and another begun', async () => {
    const id = await happened(confirmed);
    const file = join(path, `${id}.jsonl`);
    const damaged = (await readFile(file, 'utf8')).replace('kubectl rollout undo', 'kubectl rollout UNDO');
    await writeFile(file, damaged);
    const next = await held();
    assert.notEqual(next.run.state.id, id);
    assert.deepEqual(
      next.damaged.map(({ summary, damagedFrom }) => [summary.id, damagedFrom]),
      [[id, 2]],
    );
    await letGo(next);
    assert.equal(await readFile(file, 'utf8'), damaged);
  });

  it('is gone on with behind a record that a crash has torn', async () => {
    const id = await happened(confirmed, intended);
    await appendFile(join(path, `${id}.jsonl`), '{"crc":"0123');
    const again = await held();
    assert.equal(again.run.state.id, id);
    await letGo(again);
    const { events, torn } = await new RunFolder(path).journal(id).read();
    assert.deepEqual([events.at(-1)?.kind, torn], ['resumed', false]);
  });

  it('has no secret in its file, and shows what the file holds', async () => {
    const one = await held();
    await one.run.record({
      kind: 'signed',
      item: 'users',
      by: 'jane',
      note: 'curl -H "Authorization: Bearer s3cr3t-42"',
    });
    assert.match(one.run.state.signatures.users?.note ?? '', /redacted/);
    await letGo(one);
    const text = await readFile(join(path, `${one.run.state.id}.jsonl`), 'utf8');
    assert.ok(!text.includes('s3cr3t-42') && text.includes(redactedMark));
  });

  it('lets the files of earlier versions lie, which are none of its own', async () => {
    await happened();
    const old = join(path, 'c0ffee00c0ffee00c0ffee00.jsonl');
    await writeFile(old, '{"at":"2025-01-01T00:00:00Z","kind":"opened","target":{}}\n');
    await writeFile(join(path, 'notes.txt'), 'x');
    assert.equal((await new RunFolder(path).ids()).length, 1);
    assert.equal((await window().index.runs()).length, 1);
    await happened();
    assert.ok((await readdir(path)).includes('c0ffee00c0ffee00c0ffee00.jsonl'));
  });
});
