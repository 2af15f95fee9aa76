import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ChecklistItem } from '../../../src/domain/runbook/checklist.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { ChecklistRecorder } from '../../../src/runs/checklist-recorder.ts';
import { EndpointWatch } from '../../../src/runs/endpoint-watch.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { type Loopback, loopback } from '../cluster/loopback.ts';
import { sampleAt } from '../domain/figures/samples.ts';
import { applied, complete, confirmed, intended, stepDone, target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { podOf, ToldFigures, watchedCluster, type WatchedCluster } from './step-bed.ts';
import { identity } from './run-identity.ts';
import { bad, rollout } from './rollout-script.ts';
import { replicaSetJson, revision } from '../domain/rollout/objects.ts';

const back = { waiting: { reason: 'CrashLoopBackOff' } };

describe('the checklist of a run, written down', () => {
  let folder: string;
  let clock: VirtualClock;
  let cluster: WatchedCluster;
  let figures: ToldFigures;
  let server: Loopback;
  let status: number;
  let run: Run;
  let endpoints: EndpointWatch;
  let recorder: ChecklistRecorder;
  let unticked: ChecklistItem[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'checklist-'));
    clock = new VirtualClock();
    cluster = watchedCluster(clock);
    figures = new ToldFigures();
    status = 200;
    server = await loopback((_request, response) => void response.writeHead(status).end('ok'));
    endpoints = new EndpointWatch(clock, () => ({ health: server.url, critical: [] }));
    run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    recorder = new ChecklistRecorder(run, {
      store: cluster.store,
      clock,
      endpoints,
      figures: () => figures.settings(),
    });
    unticked = [];
    recorder.onDidUntick((item) => unticked.push(item));
    recorder.begin();
    await clock.advance(100);
  });

  afterEach(async () => {
    recorder.dispose();
    endpoints.dispose();
    cluster.store.dispose();
    await run.settled();
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function happens(...events: readonly RunEvent[]): Promise<void> {
    for (const { at: _at, ...happening } of events) await run.record(happening);
  }

  /** `pods ticked: 3 of 3`, as the journal has it. */
  async function written(): Promise<readonly string[]> {
    await run.settled();
    const { events } = await new JournalFile(join(folder, 'run.jsonl')).read();
    return events.flatMap((event) =>
      event.kind === 'itemSeen' ? [`${event.item} ${event.state}: ${event.summary}`] : [],
    );
  }

  it('holds nothing before a rollback, and asks no address', async () => {
    await clock.advance(1_000);
    assert.deepEqual(await written(), []);
    assert.deepEqual(server.asked, []);
  });

  it('tells when an item was ticked, un-ticked and ticked again, once for each change', async () => {
    await happens(confirmed, intended, applied, complete);
    await clock.advance(100);
    cluster.change('pods', 'MODIFIED', podOf('a', 1, back));
    await clock.advance(100);
    cluster.change('pods', 'MODIFIED', podOf('a', 2, back));
    await clock.advance(100);
    cluster.change('pods', 'MODIFIED', podOf('a', 3));
    await clock.advance(100);
    assert.deepEqual(
      (await written()).filter((line) => line.startsWith('pods')),
      ['pods ticked: 3 of 3', 'pods failed: 2 of 3', 'pods ticked: 3 of 3'],
    );
    assert.deepEqual(
      unticked.map(({ id }) => id),
      ['pods'],
    );
    assert.equal(run.state.items.pods?.state, 'ticked');
  });

  it('tells of what fails anew after somebody had answered for it and it held again, not while somebody answers', async () => {
    await happens(confirmed, intended, applied, complete);
    const pod = async (restarts: number, state?: typeof back) => {
      cluster.change('pods', 'MODIFIED', podOf('a', restarts, state));
      await clock.advance(100);
    };
    await pod(1, back);
    assert.equal(unticked.length, 1);
    await happens({ at: '', kind: 'itemOverridden', item: 'pods', by: 'jane', note: 'one node less' });
    await pod(2, back);
    assert.deepEqual([run.state.items.pods?.state, unticked.length], ['overridden', 1]);
    await pod(3);
    assert.deepEqual([run.state.items.pods?.state, run.state.overrides], ['ticked', {}]);
    await pod(4, back);
    assert.deepEqual([run.state.items.pods?.state, unticked.length], ['failed', 2]);
  });

  it('asks the addresses also while no panel is visible, and un-ticks what does not answer any more', async () => {
    const asked = async (count: number) => {
      while (server.asked.length < count) await clock.settle();
      for (let turn = 0; turn < 50; turn++) await clock.settle();
    };
    await happens(confirmed, intended, applied, complete);
    await asked(1);
    while (run.state.items.health === undefined) await clock.settle();
    status = 503;
    await clock.advance(30_000);
    await asked(2);
    while (run.state.items.health?.state === 'ticked') await clock.settle();
    assert.match((await written()).join('\n'), /^health ticked: 200 · \d+ ms\nhealth failed: 503 · \d+ ms$/m);
    assert.deepEqual(
      unticked.map(({ id }) => id),
      ['health'],
    );
    await happens({ at: '', kind: 'signedOff', by: 'jane', note: '' });
    const { length } = server.asked;
    await clock.advance(120_000);
    assert.equal(server.asked.length, length);
  });

  it('un-ticks clean logs when error lines come later, and keeps them un-ticked until they are read again', async () => {
    await happens(confirmed, intended, applied, complete);
    await happens(...stepDone('logs', { state: 'ok', summary: 'no errors in 20 lines', evidence: [] }));
    figures.tell({ ...sampleAt(0, { errorLines: 0 }), at: clock.now() + 12_000 });
    figures.tell({ ...sampleAt(0, { errorLines: 5 }), at: clock.now() + 24_000 });
    assert.equal(run.state.items.logs?.state, 'failed');
    await clock.advance(60_000);
    // As after a reload: the samples are gone, what was written down is not.
    figures.samples = [];
    figures.tell();
    assert.equal(run.state.items.logs?.state, 'failed');
    await happens(...stepDone('logs', { state: 'ok', summary: 'no errors in 9 lines', evidence: [] }));
    assert.deepEqual(
      (await written()).filter((line) => line.startsWith('logs')),
      [
        'logs running: being looked at',
        'logs ticked: no errors in 20 lines',
        'logs failed: errors since the check',
        'logs running: being looked at',
        'logs ticked: no errors in 9 lines',
      ],
    );
  });

  it('says nothing of pods while the cluster cannot be seen, nor of a run that is over', async () => {
    await happens(confirmed, intended, applied, complete);
    await clock.advance(100);
    const before = await written();
    await happens({ at: '', kind: 'closed', by: 'jane', reason: 'seen' });
    cluster.change('pods', 'MODIFIED', podOf('a', 1, back));
    await clock.advance(100);
    assert.deepEqual(await written(), before);
    assert.deepEqual(unticked, []);
  });

  it('un-ticks the executed rollback when the failing revision is put back', async () => {
    await happens(confirmed, intended, applied, complete);
    await clock.advance(100);
    assert.equal(run.state.items.executed?.state, 'ticked');
    const json = rollout(bad, 0, 6);
    const metadata = { ...json.metadata, annotations: revision(4), resourceVersion: '9' };
    cluster.change('replicasets', 'MODIFIED', replicaSetJson('bad', bad, revision(4)));
    cluster.change('deployments', 'MODIFIED', { ...json, metadata });
    await clock.advance(100);
    assert.deepEqual(
      (await written()).filter((line) => line.startsWith('executed')),
      ['executed ticked: executed', 'executed failed: changed back'],
    );
  });
});
