import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { runState } from '../../../src/domain/runbook/state.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { packRun, takeRun, unpackRun } from '../../../src/runs/run-bundle.ts';
import { RunFolder } from '../../../src/runs/run-folder.ts';
import { takeLock } from '../../../src/runs/lock.ts';
import { confirmed, intended, target } from '../domain/runbook/run-events.ts';
import { identity } from './run-identity.ts';

const at = '2026-01-01T00:00:00.000Z';
const handedOver = { at, kind: 'handedOver', by: 'jane', to: 'bob', note: 'mind the cache' } as const;

describe('a run that is handed over in a file', () => {
  let root: string;
  let here: RunFolder;
  let there: RunFolder;
  const bob = { by: 'bob', host: 'desk' };
  const now = Date.parse('2026-01-01T01:00:00Z');

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'bundle-'));
    here = new RunFolder(join(root, 'here'));
    there = new RunFolder(join(root, 'there'));
    const journal = here.journal(identity.id);
    for (const event of [
      { at, kind: 'opened', target, ...identity } as const,
      confirmed,
      intended,
      handedOver,
    ])
      await journal.append(event);
  });

  afterEach(() => rm(root, { recursive: true }));

  const take = async (file: Uint8Array, context = target.context) =>
    takeRun(there, await unpackRun(file), bob, context, now);
  const read = (folder: RunFolder) => new JournalFile(folder.journalPath(identity.id)).read();

  it('goes on at the other machine with all its records, and says who took it over where', async () => {
    await take(await packRun(here, identity.id));
    const { events } = await read(there);
    assert.deepEqual(events.slice(0, 4), (await read(here)).events);
    assert.deepEqual(events[4], {
      at: '2026-01-01T01:00:00.000Z',
      kind: 'takenOver',
      by: 'bob',
      host: 'desk',
    });
    const state = runState(target, events);
    assert.equal(state.handedOver, undefined);
    assert.equal(runState(target, (await read(here)).events).handedOver?.to, 'bob');
  });

  it('goes on in the context that the other kubeconfig has for the cluster', async () => {
    await take(await packRun(here, identity.id), 'prod-eu');
    assert.equal(runState(target, (await read(there)).events).target.context, 'prod-eu');
  });

  it('brings along what was kept beside its journal', async () => {
    const logs = join(here.attachments(identity.id), 'logs');
    await mkdir(logs, { recursive: true });
    const bytes = Buffer.from([0, 1, 2, 0xff]);
    await writeFile(join(logs, 'api-1.log'), bytes);
    await take(await packRun(here, identity.id));
    assert.deepEqual(await readFile(join(there.attachments(identity.id), 'logs', 'api-1.log')), bytes);
  });

  it('can come back, longer than it went, and takes the place of what was here', async () => {
    await take(await packRun(here, identity.id));
    await there.journal(identity.id).append({ ...handedOver, by: 'bob', to: 'jane' });
    const back = await unpackRun(await packRun(there, identity.id));
    await takeRun(here, back, { by: 'jane', host: 'laptop' }, target.context, now);
    assert.deepEqual((await read(here)).events.map(({ kind }) => kind).slice(3), [
      'handedOver',
      'takenOver',
      'handedOver',
      'takenOver',
    ]);
  });

  it('is not taken where something else has happened to it, where nobody handed it over, or while its deployment is in hand', async () => {
    const file = await packRun(here, identity.id);
    const lock = await takeLock(there.lock(target));
    await assert.rejects(take(file), /Another window carries out a run/);
    lock?.dispose();
    await take(file);
    await there.journal(identity.id).append({ at, kind: 'signed', item: 'users', by: 'bob', note: '' });
    await assert.rejects(take(file), /something else has happened/);
    await assert.rejects(take(await packRun(there, identity.id)), /was not handed over/);
  });

  it('is refused in words where the file is damaged, cut off, or something else, and nothing is stored', async () => {
    const file = await packRun(here, identity.id);
    await assert.rejects(take(file.subarray(0, 60)), /no run that Export Run… has written/);
    await assert.rejects(take(Buffer.from('hello')), /no run that Export Run… has written/);
    const journal = (await readFile(here.journalPath(identity.id), 'utf8')).replace('8', '9');
    const packed = (attachments: object, text = journal) =>
      gzipSync(JSON.stringify({ format: 'kubernetes-rollback-run', version: 1, journal: text, attachments }));
    await assert.rejects(take(packed({})), /damaged from record \d on/);
    for (const path of ['../x', '/etc/x', 'a/../../x', '.x', 'a//b', 'a\\..\\x'])
      await assert.rejects(take(packed({ [path]: '' })), /no run that Export Run… has written/, path);
    assert.deepEqual(await there.ids(), []);
  });
});
