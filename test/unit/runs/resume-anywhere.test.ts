import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ClusterStore } from '../../../src/cluster/store/store.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runState, type RunState } from '../../../src/domain/runbook/state.ts';
import { holdRun } from '../../../src/runs/held-run.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { RunFolder } from '../../../src/runs/run-folder.ts';
import { RunIndex } from '../../../src/runs/run-index.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { added, events, listEnd } from '../cluster/watch-script.ts';
import { applied, complete, confirmed, intended, progressed, target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { good, paths, rollout, rolloutScript } from './rollout-script.ts';
import { identity } from './run-identity.ts';
import { plainSettings } from './plain-settings.ts';

const at = '2026-01-01T00:02:00.000Z';
const ok = { state: 'ok', summary: 'good', evidence: [] } as const;

/** A whole run, from its beginning to its sign-off. */
const whole: readonly RunEvent[] = [
  { at, kind: 'opened', target, ...identity },
  { at, kind: 'stepStarted', step: 'access' },
  { at, kind: 'stepEnded', step: 'access', result: ok },
  { at, kind: 'issueSeen', words: 'Degraded: crash loop', since: at },
  confirmed,
  intended,
  applied,
  progressed,
  complete,
  { at, kind: 'stepStarted', step: 'podsReady' },
  { at, kind: 'stepSeen', step: 'podsReady', result: { ...ok, state: 'running' } },
  { at, kind: 'stepEnded', step: 'podsReady', result: ok },
  { at, kind: 'signed', item: 'users', by: 'jane', note: 'works' },
  { at, kind: 'itemOverridden', item: 'alerts', by: 'jane', note: 'no alerting here' },
  { at, kind: 'taskChanged', task: 'identifyCause', by: 'jane', state: 'done', owner: 'bob', note: '' },
  { at, kind: 'signedOff', by: 'jane', note: '' },
];

describe('a whole run that is cut off after any of its records', () => {
  let folder: RunFolder;

  beforeEach(async () => {
    folder = new RunFolder(join(await mkdtemp(join(tmpdir(), 'cut-')), 'runs'));
  });

  afterEach(() => rm(join(folder.path, '..'), { recursive: true }));

  /** The states as the run is opened and after it has gone on, by a cluster that has the rollback; nothing may be written. */
  async function goneOn(): Promise<{ opened: RunState; after: RunState; written: number }> {
    const clock = new VirtualClock(at);
    const rethrow = (error: unknown): never => {
      throw error;
    };
    const place = { folder, index: new RunIndex(folder, rethrow), clock, newId: () => 'none' };
    const held = await holdRun(place, target, { by: 'bob', host: 'desk' }, rethrow);
    assert.ok(held);
    const opened = held.run.state;
    const reads = Array.from({ length: 4 }, () => rollout(good, 3));
    const api = rolloutScript(...reads).on(paths.deployments, events(added(rollout(good, 3)), listEnd('1')));
    const store = new ClusterStore(api, clock, namedOnly('shop'));
    const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'bob', namespace: 'shop' };
    let written = 0;
    const writer = { send: () => Promise.reject(new Error(`written ${++written}`)) };
    const runbook = new Runbook(held.run, { context, api, writer, store }, plainSettings, 'bob', clock);
    const resuming = runbook.resume();
    for (let second = 0; second < 10; second++) await clock.advance(1000);
    await resuming;
    runbook.dispose();
    store.dispose();
    await runbook.settled();
    held.lock.dispose();
    return { opened, after: held.run.state, written };
  }

  it('comes back in the state of exactly those records, and goes on from there without writing anything', async () => {
    const journal = new JournalFile(folder.journalPath(identity.id));
    for (const event of whole) await journal.append(event);
    const lines = (await readFile(journal.path, 'utf8')).split(/(?<=\n)/);
    assert.equal(lines.length, whole.length);
    const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    for (let records = 1; records <= whole.length; records++) {
      const cut = `after ${records} records`;
      // The next record is torn, as a crash leaves it.
      const torn = lines[records]?.slice(0, 20) ?? '';
      await writeFile(journal.path, lines.slice(0, records).join('') + torn);
      const { opened, after, written } = await goneOn();
      assert.deepEqual(stored(opened), stored(runState(target, whole.slice(0, records))), cut);
      assert.equal(written, 0, cut);
      const { rollback } = after;
      const kinds = whole.slice(0, records).map(({ kind }) => kind);
      if (!kinds.includes('rollbackConfirmed')) assert.equal(rollback, undefined, cut);
      else if (!kinds.includes('writeIntended')) assert.equal(rollback?.outcome?.kind, 'notApplied', cut);
      else assert.deepEqual([rollback?.outcome?.kind, rollback?.end?.kind], ['applied', 'complete'], cut);
      for (const step of Object.values(after.steps)) assert.notEqual(step.state, 'running', cut);
      assert.equal(after.end?.kind, kinds.includes('signedOff') ? 'signedOff' : undefined, cut);
      assert.deepEqual((await journal.read()).events.slice(0, records), whole.slice(0, records), cut);
    }
  });
});
