import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ClusterStore } from '../../../src/cluster/store/store.ts';
import { itemIds } from '../../../src/domain/runbook/checklist-items.ts';
import type { CheckResult } from '../../../src/domain/runbook/checks.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runState } from '../../../src/domain/runbook/state.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { SignOffRefused } from '../../../src/runs/run-checklist.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import type { RunbookSettings } from '../../../src/runs/runbook-settings.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { added, events, listEnd } from '../cluster/watch-script.ts';
import { replicaSetJson, revision } from '../domain/rollout/objects.ts';
import { applied, complete, confirmed, stepDone, target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { plainSettings } from './plain-settings.ts';
import { good, rollout, rolloutScript } from './rollout-script.ts';
import { identity } from './run-identity.ts';

const ok: CheckResult = { state: 'ok', summary: 'good', evidence: [] };
/** All that was looked at was good; what is left is the pods now, the addresses now, and two people's words. */
const looked = [
  ...(['logs', 'metrics'] as const).flatMap((step) => stepDone(step, ok)),
  ...(['users', 'alerts'] as const).map((item): RunEvent => ({
    at: '2026-01-01T00:00:00Z',
    kind: 'signed',
    item,
    by: 'jane',
    note: 'seen',
  })),
];

describe('the sign-off of a run', () => {
  let folder: string;
  let clock: VirtualClock;
  let store: ClusterStore;
  let run: Run;
  let runbook: Runbook;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sign-off-'));
    clock = new VirtualClock();
  });

  afterEach(async () => {
    runbook.dispose();
    store.dispose();
    await run.settled();
    await rm(folder, { recursive: true });
  });

  /** A run after these events; no addresses are set, and so many of its three pods are ready. */
  async function begin(
    past: readonly RunEvent[],
    readyPods: number,
    isSeen = true,
    settings: Partial<RunbookSettings> = {},
  ): Promise<void> {
    const api = rolloutScript(rollout(good, 3));
    const deployments = events(added(rollout(good, 3)), listEnd('1'));
    api
      .on('/apis/apps/v1/deployments', isSeen ? deployments : deployments.cut())
      .on('/apis/apps/v1/replicasets', events(added(replicaSetJson('good', good, revision(3))), listEnd('1')))
      .on(
        '/api/v1/pods',
        events(
          ...['a', 'b', 'c'].map((name, index) => added(podJson(name, index < readyPods))),
          listEnd('1'),
        ),
      );
    store = new ClusterStore(api, clock, namedOnly('shop'));
    await clock.advance(100);
    run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    for (const { at: _at, ...happening } of past) await run.record(happening);
    const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'jane', namespace: 'shop' };
    const writer = { send: () => Promise.reject(new Error('nothing may be written')) };
    runbook = new Runbook(
      run,
      { context, api, writer, store },
      { ...plainSettings, ...settings },
      'jane',
      clock,
    );
  }

  const rolledBack = [confirmed, applied, complete, ...looked];
  const podsTicked: RunEvent = { at: '', kind: 'itemSeen', item: 'pods', state: 'ticked', summary: '3 of 3' };

  async function answerForAddresses(): Promise<void> {
    for (const item of ['health', 'critical', 'users'] as const)
      await runbook.checklist.override(item, 'asked from my own machine');
  }

  it('is refused while an item neither holds nor is answered for, with the names of those', async () => {
    await begin(rolledBack, 3);
    await assert.rejects(runbook.signOff('done'), (error) => {
      assert.ok(error instanceof SignOffRefused);
      assert.deepEqual(
        error.missing.map(({ id }) => id),
        ['health', 'critical', 'users'],
      );
      assert.match(
        error.message,
        /3 items .*Health checks passing, Critical endpoints responding, Users can/,
      );
      return true;
    });
    assert.equal(run.state.end, undefined);
  });

  it('ends the run with who, when and why, where all nine hold or are answered for', async () => {
    await begin(rolledBack, 3);
    await answerForAddresses();
    await runbook.signOff('the board is green');
    const { kind, by, note } = run.state.end ?? {};
    assert.deepEqual({ kind, by, note }, { kind: 'signedOff', by: 'jane', note: 'the board is green' });
  });

  it('writes down what it saw, where that differs from what was written down before', async () => {
    await begin([...rolledBack, { ...podsTicked, state: 'failed', summary: '2 of 3' }], 3);
    await answerForAddresses();
    await runbook.signOff('done');
    const { pods, health, logs } = run.state.items;
    assert.deepEqual(
      [pods, health, logs].map((item) => `${item?.state}: ${item?.summary}`),
      ['ticked: 3 of 3', 'overridden: jane answers for it', 'ticked: good'],
    );
    assert.equal(run.state.overrides.health?.by, 'jane');
  });

  it('leaves no step running in the journal, and what it had seen there, also after a reload', async () => {
    await begin([...rolledBack, { at: '', kind: 'stepStarted', step: 'watch' }], 3);
    const soFar: CheckResult = { state: 'running', summary: '12 min left', evidence: [] };
    await run.record({ kind: 'stepSeen', step: 'watch', result: soFar });
    await answerForAddresses();
    await runbook.signOff('done');
    await runbook.resume();
    await run.settled();
    const { events: journal } = await new JournalFile(join(folder, 'run.jsonl')).read();
    const { watch } = runState(target, journal).steps;
    assert.deepEqual([watch?.state, watch?.result], ['unfinished', soFar]);
  });

  it('is refused where the pods that were ready are not ready now', async () => {
    await begin(rolledBack, 2);
    await answerForAddresses();
    await assert.rejects(runbook.signOff('done'), /One item .*Pods are running and ready/);
    await runbook.checklist.override('pods', 'one node is being replaced');
    await runbook.checklist.withdrawOverride('pods');
    await assert.rejects(runbook.signOff('done'), /Pods are running and ready/);
  });

  it('is refused while the cluster cannot be seen: what was true may not be', async () => {
    await begin([...rolledBack], 3, false);
    for (const item of itemIds) await runbook.checklist.override(item, 'I say so');
    const signing = assert.rejects(runbook.signOff('done'), /cluster cannot be seen/);
    for (let second = 0; second < 20; second++) await clock.advance(1000);
    await signing;
    assert.equal(run.state.end, undefined);
  });

  it('closes the checklist and the writing, and leaves the clean-up open', async () => {
    await begin([...rolledBack, { at: '', kind: 'signedOff', by: 'joe', note: '' }], 3);
    const ended = /signed off by joe/;
    await assert.rejects(runbook.signOff('again'), ended);
    await assert.rejects(runbook.checklist.sign('alerts', ''), ended);
    await assert.rejects(runbook.checklist.override('pods', 'no'), ended);
    await assert.rejects(runbook.checklist.withdrawOverride('pods'), ended);
    await assert.rejects(runbook.retry('metrics'), ended);
    await assert.rejects(runbook.skip('smoke', 'no'), ended);
    await assert.rejects(runbook.verify(), ended);
    await assert.rejects(runbook.follow(), ended);
    await runbook.changeTask('sendReport', { state: 'done', owner: 'jane', note: '' });
    assert.equal(run.state.tasks.sendReport?.state, 'done');
  });

  it('ends the asking of addresses, also where the panel is opened later', async () => {
    let asked = 0;
    const endpoints = () => {
      asked++;
      return { health: undefined, critical: [] };
    };
    await begin([...rolledBack, { at: '', kind: 'signedOff', by: 'joe', note: '' }], 3, true, { endpoints });
    runbook.endpoints.setVisible(true);
    await clock.advance(60_000);
    assert.equal(asked, 0);
  });

  it('is refused where the run was closed while it looked', async () => {
    await begin(rolledBack, 3);
    await answerForAddresses();
    const signing = assert.rejects(runbook.signOff('done'), /closed by jane/);
    await runbook.close('the alert was false');
    await signing;
    assert.equal(run.state.end?.kind, 'closed');
  });

  it('takes no answer for an item that holds: it would cover whatever un-ticks it later', async () => {
    await begin([...rolledBack, podsTicked], 3);
    await assert.rejects(runbook.checklist.override('pods', 'one node less'), /Pods are running.* holds/);
    assert.deepEqual(run.state.overrides, {});
  });

  it('takes an answer for what held when it was written down, and does not now', async () => {
    await begin([...rolledBack, podsTicked], 2);
    await runbook.checklist.override('pods', 'one node less');
    assert.equal(run.state.overrides.pods?.by, 'jane');
  });

  it('takes no answer for an item without a note', async () => {
    await begin(rolledBack, 3);
    await assert.rejects(runbook.checklist.override('pods', '  '), /note is needed/);
    assert.deepEqual(run.state.overrides, {});
  });
});

function podJson(name: string, ready: boolean): object {
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'api-good',
    uid: 'good-uid',
    controller: true,
  };
  return {
    metadata: { name, namespace: 'shop', uid: name, resourceVersion: '1', ownerReferences: [owner] },
    spec: { containers: [{ name: 'api', image: 'api:v1' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'api', ready, restartCount: 0, state: { running: {} } }],
    },
  };
}
