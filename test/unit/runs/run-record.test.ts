import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import type { ApiServer } from '../../../src/cluster/api-server.ts';
import { captureFailingLogs } from '../../../src/runs/log-capture.ts';
import { readRunRecord } from '../../../src/runs/run-record.ts';
import { RunFolder } from '../../../src/runs/run-folder.ts';
import { confirmed, target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { podOf } from './log-session-fakes.ts';
import { identity } from './run-identity.ts';

const printed = [
  '2026-01-01T00:00:01.000000000Z INFO listening\n',
  '2026-01-01T00:00:02.000000000Z ERROR relation "tracks_v2" does not exist\n',
].join('');

/** An API server that has one log. */
const api: ApiServer = {
  server: 'https://logs.test',
  get: () => Promise.reject(new Error('Nothing but logs is asked for.')),
  stream: () =>
    Promise.resolve(
      (async function* () {
        yield new TextEncoder().encode(printed);
      })(),
    ),
  dispose: () => undefined,
};

describe('what a run has on the disk', () => {
  let folder: RunFolder;
  const opened: RunEvent = { at: '2026-01-01T00:00:00.000Z', kind: 'opened', target, ...identity };

  beforeEach(async () => {
    folder = new RunFolder(await mkdtemp(join(tmpdir(), 'run-record-')));
    for (const event of [opened, confirmed]) await folder.journal(identity.id).append(event);
  });
  afterEach(() => rm(folder.path, { recursive: true }));

  it('is its events, where nothing was kept beside them', async () => {
    assert.deepEqual(await readRunRecord(folder, identity.id), {
      events: [opened, confirmed],
      damagedFrom: undefined,
      samples: [],
      captured: undefined,
    });
  });

  it('has the error lines of what was captured', async () => {
    await captureFailingLogs({
      api,
      clock: new VirtualClock(),
      pods: [podOf('web')],
      revision: 8,
      folder: folder.attachments(identity.id),
      signal: new AbortController().signal,
    });
    const { captured } = await readRunRecord(folder, identity.id);
    assert.deepEqual(
      captured?.errors.map(({ text, source }) => [source.pod, text]),
      [['web', 'ERROR relation "tracks_v2" does not exist']],
    );
    assert.deepEqual([captured?.lines, captured?.containers], [2, 1]);
  });

  it('is read up to a damage, and not at all where the first record is damaged', async () => {
    const file = folder.journalPath(identity.id);
    const { events, damagedFrom } = await damaged(file, 1);
    assert.deepEqual([events, damagedFrom], [[opened], 2]);
    await assert.rejects(damaged(file, 0), /damaged from its first record on/);
  });

  /** Reads it with the record behind the first ones changed. */
  async function damaged(file: string, whole: number) {
    const lines = [opened, confirmed].map(() => '{"crc":"00000000","v":1}\n');
    const own = (await readFile(file, 'utf8')).split('\n').slice(0, whole);
    await writeFile(file, [...own, ...lines].join('\n'));
    return readRunRecord(folder, identity.id);
  }
});
