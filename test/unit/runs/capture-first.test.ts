import assert from 'node:assert/strict';
import { join } from 'node:path';

import { CapturedLogs } from '../../../src/runs/log-captured.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import type { RollbackPreview } from '../../../src/runs/prepare-rollback.ts';
import { Run } from '../../../src/runs/run.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import { eventually } from '../../testbed/eventually.ts';
import { target } from '../domain/runbook/run-events.ts';
import { RunBed } from './run-bed.ts';
import { identity } from './run-identity.ts';

describe('a confirmed rollback', () => {
  let bed: RunBed;
  let runbook: Runbook;
  let hold: PromiseWithResolvers<void>;

  beforeEach(async () => {
    bed = await RunBed.make();
    hold = Promise.withResolvers();
    bed.api.beforeLog = hold.promise;
    for (const name of ['api-a', 'api-b'])
      bed.api.logs[`${name}/api`] = '2026-01-01T00:00:02.000000000Z last words\n';
    runbook = await open();
  });

  afterEach(async () => {
    runbook.dispose();
    await runbook.settled();
    await bed.close();
  });

  async function open(): Promise<Runbook> {
    const run = await Run.open(target, identity, new JournalFile(join(bed.folder, 'run.jsonl')), bed.clock);
    const made = new Runbook(run, bed.connection, bed.settings, 'jane', bed.clock);
    await bed.clock.advance(100);
    return made;
  }

  async function preview(): Promise<RollbackPreview> {
    const preparation = await runbook.prepare(0);
    assert.ok(preparation.kind === 'ready');
    return preparation.preview;
  }

  const written = () => bed.api.asked.includes('patched');
  const capture = () => runbook.run.state.steps.capture;

  /** Only the disk takes time that is not the clock's. */
  const until = (what: string, holds: () => boolean) => eventually(what, async () => holds());

  it('waits two seconds at most for the failing pods’ logs, which are kept beside the rollout then', async () => {
    const writing = runbook.rollBack(await preview());
    await until('a capture', () => capture()?.state === 'running');
    await bed.clock.advance(1_900);
    assert.equal(written(), false);
    await bed.clock.advance(200);
    await writing;
    assert.equal(written(), true);
    assert.equal(capture()?.state, 'running');
    hold.resolve();
    await until('the end of the capture', () => capture()?.state === 'ended');
    assert.equal((await CapturedLogs.open(bed.settings.attachments))?.sources.length, 2);
  });

  it('does not wait where they are read at once', async () => {
    hold.resolve();
    await runbook.rollBack(await preview());
    assert.deepEqual([written(), capture()?.state], [true, 'ended']);
  });

  it('keeps them once more where they were kept before', async () => {
    hold.resolve();
    await runbook.retry('capture');
    bed.api.logs['api-a/api'] = '2026-01-01T00:00:09.000000000Z the very last words\n';
    await runbook.rollBack(await preview());
    const kept: string[] = [];
    for await (const { text } of (await CapturedLogs.open(bed.settings.attachments))?.inTimeOrder() ?? [])
      kept.push(text);
    assert.deepEqual(kept, ['last words', 'the very last words']);
    assert.equal(capture()?.attempts, 2);
  });

  it('keeps nothing where a person has left that out', async () => {
    await runbook.skip('capture', 'The logs hold what may not be kept.');
    await runbook.rollBack(await preview());
    assert.equal(capture()?.state, 'skipped');
    assert.equal(await CapturedLogs.open(bed.settings.attachments), undefined);
  });

  it('is not held up by watching that is stopped, nor does that end the keeping', async () => {
    const writing = runbook.rollBack(await preview());
    await until('a capture', () => capture()?.state === 'running');
    runbook.stopWatching();
    await bed.clock.advance(2_100);
    await writing;
    assert.equal(capture()?.state, 'running');
  });

  it('goes on keeping them after a reload in between', async () => {
    const writing = runbook.rollBack(await preview());
    await until('a capture', () => capture()?.state === 'running');
    await bed.clock.advance(2_100);
    await writing;
    runbook.dispose();
    await runbook.settled();
    hold.resolve();
    runbook = await open();
    void runbook.resume();
    await until('the end of the capture', () => capture()?.state === 'ended');
    assert.equal((await CapturedLogs.open(bed.settings.attachments))?.sources.length, 2);
  });
});
