import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { ClusterStore } from '../../../src/cluster/store/store.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import type { Operation } from '../../../src/domain/runbook/write.ts';
import type { RunState } from '../../../src/domain/runbook/state.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import { added, events, listEnd, type WatchScript } from '../cluster/watch-script.ts';
import {
  applied,
  confirmed,
  ended,
  intended,
  intent,
  rolloutEnded,
  target,
} from '../domain/runbook/run-events.ts';
import { identity } from './run-identity.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { bad, good, paths, rollout, rolloutScript } from './rollout-script.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { plainSettings } from './plain-settings.ts';

describe('a runbook after the window was closed', () => {
  let folder: string;
  let clock: VirtualClock;

  beforeEach(async () => {
    clock = new VirtualClock();
    folder = await mkdtemp(join(tmpdir(), 'resume-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** The state after going on from these events, with a cluster that answers so; nothing may be written. */
  async function resumed(api: WatchScript, ...past: readonly RunEvent[]): Promise<RunState> {
    const journal = new JournalFile(join(folder, 'run.jsonl'));
    for (const event of [
      { at: '2026-01-01T00:00:00Z', kind: 'opened', target, ...identity } as const,
      ...past,
    ])
      await journal.append(event);
    const run = await Run.open(target, identity, journal, clock);
    const store = new ClusterStore(api, clock, namedOnly('shop'));
    const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'jane', namespace: 'shop' };
    const writer = { send: () => Promise.reject(new Error('nothing may be written')) };
    const runbook = new Runbook(run, { context, api, writer, store }, plainSettings, 'jane', clock);
    const resuming = runbook.resume();
    for (let second = 0; second < 10; second++) await clock.advance(1000);
    await resuming;
    runbook.dispose();
    store.dispose();
    return run.state;
  }

  const finished = () => events(added(rollout(good, 3)), listEnd('1'));

  it('finds in the cluster that the write whose answer it missed was carried out, and follows it', async () => {
    const api = rolloutScript(rollout(good, 3), rollout(good, 3)).on(paths.deployments, finished());
    const { rollback } = await resumed(api, confirmed, intended);
    assert.deepEqual(rollback?.outcome, { kind: 'applied', generation: 5 });
    assert.equal(rollback?.end?.kind, 'complete');
  });

  it('finds in the cluster that it was not', async () => {
    const { rollback } = await resumed(rolloutScript(rollout(bad, 3)), confirmed, intended);
    assert.equal(rollback?.outcome?.kind, 'notApplied');
    assert.equal(rollback?.end, undefined);
  });

  it('does not know where the deployment was changed since, and blames nobody', async () => {
    const later = rollout(bad, 3, 7);
    const api = rolloutScript(later, later).on(paths.deployments, events(added(later), listEnd('1')));
    const at = '2026-01-01T00:01:00Z';
    const sent: RunEvent = { at, kind: 'writeIntended', intent: { ...intent, generation: 5 } };
    const { rollback } = await resumed(api, confirmed, sent);
    assert.equal(rollback?.outcome?.kind, 'unknown');
    assert.match(rollback?.end?.message ?? '', /was not written, or something else was put in its place/);
  });

  it('does not know while the cluster cannot be read, and sees it when it can', async () => {
    const away = new ApiError('unreachable', 'ECONNREFUSED');
    const api = rolloutScript(away, rollout(good, 3)).on(paths.deployments, finished());
    const { rollback } = await resumed(api, confirmed, intended);
    assert.equal(rollback?.outcome?.kind, 'unknown');
    assert.equal(rollback?.end?.kind, 'complete');
  });

  it('knows that nothing was sent where not even the intent was stored', async () => {
    const { rollback } = await resumed(rolloutScript(), confirmed);
    assert.equal(rollback?.outcome?.kind, 'notApplied');
  });

  it('finds in the cluster what became of another operation whose answer it missed, and writes nothing', async () => {
    const at = '2026-01-01T00:00:00Z';
    const intent = { kind: 'pause', ...target, uid: 'deployment-uid' } as const;
    const pausing: RunEvent = { at, kind: 'operationConfirmed', operation: intent, by: 'jane', command: '' };
    const running = rollout(good, 3);
    const paused = { ...running, ...(running.spec && { spec: { ...running.spec, paused: true } }) };
    const outcome = async (cluster: WatchScript, ...events: readonly RunEvent[]) => {
      await rm(join(folder, 'run.jsonl'), { force: true });
      return (await resumed(cluster, pausing, ...events)).operation?.outcome?.kind;
    };
    const sent: RunEvent = { at, kind: 'operationIntended', intent };
    assert.equal(await outcome(rolloutScript(paused), sent), 'applied');
    assert.equal(await outcome(rolloutScript(running), sent), 'notApplied');
    assert.equal(await outcome(rolloutScript(new ApiError('unreachable', 'away')), sent), 'unknown');
    assert.equal(await outcome(rolloutScript()), 'notApplied');
  });

  it('follows an operation on whose rollout had not ended, and none that had, or that rolls nothing out', async () => {
    const at = '2026-01-01T00:00:00Z';
    const after = async (operation: Operation, ...more: readonly RunEvent[]) => {
      await rm(join(folder, 'run.jsonl'), { force: true });
      const api = rolloutScript(rollout(good, 3)).on(paths.deployments, finished());
      const intent = { ...operation, ...target, uid: 'deployment-uid' };
      const state = await resumed(
        api,
        { at, kind: 'operationConfirmed', operation, by: 'jane', command: '' },
        { at, kind: 'operationIntended', intent },
        { at, kind: 'operationEnded', outcome: { kind: 'applied', generation: 5 } },
        ...more,
      );
      return state.operation?.end?.kind;
    };
    assert.equal(await after({ kind: 'resume' }), 'complete');
    assert.equal(await after({ kind: 'pause' }), undefined);
    const end = { kind: 'stopped', message: 'You stopped watching', nowRevision: undefined } as const;
    assert.equal(await after({ kind: 'resume' }, { at, kind: 'operationFollowed', end }), 'stopped');
    // Somebody has scaled it again meanwhile.
    assert.equal(await after({ kind: 'scale', fromReplicas: 1, toReplicas: 9 }), 'lost');
  });

  it('follows on where the rollout had not ended', async () => {
    const api = rolloutScript(rollout(good, 3)).on(paths.deployments, finished());
    const { rollback } = await resumed(api, confirmed, intended, applied);
    assert.equal(rollback?.end?.kind, 'complete');
  });

  it('blames nobody else where it is not known whether the rollback was written at all', async () => {
    const body = events(added(rollout(bad, 1)), listEnd('1'));
    const api = rolloutScript(rollout(bad, 1)).on(paths.deployments, body);
    const { rollback } = await resumed(
      api,
      confirmed,
      intended,
      ended({ kind: 'unknown', message: 'no answer' }),
    );
    assert.equal(rollback?.end?.kind, 'lost');
    assert.match(rollback?.end?.message ?? '', /^The rollback was not written, or /);
  });

  it('leaves alone what had ended', async () => {
    const stopped = rolloutEnded('stopped', 'You stopped watching');
    const refused = ended({ kind: 'notApplied', message: 'refused' });
    assert.equal(
      (await resumed(rolloutScript(), confirmed, intended, applied, stopped)).rollback?.end?.kind,
      'stopped',
    );
    await rm(join(folder, 'run.jsonl'));
    assert.deepEqual((await resumed(rolloutScript(), confirmed, intended, refused)).rollback?.outcome, {
      kind: 'notApplied',
      message: 'refused',
    });
  });

  it('takes the steps that were cut off for not asked, and keeps what others had found', async () => {
    const at = '2026-01-01T00:00:00Z';
    const result = { state: 'ok', summary: '3 of 3', evidence: [] } as const;
    const { steps } = await resumed(
      rolloutScript(),
      { at, kind: 'stepStarted', step: 'podsReady' },
      { at, kind: 'stepEnded', step: 'podsReady', result },
      { at, kind: 'stepStarted', step: 'logs' },
    );
    assert.deepEqual(Object.keys(steps), ['podsReady']);
  });
});
