import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import { memosOf } from '../../../src/runs/learned-memos.ts';
import { revisionKey } from '../../../src/runs/revision-memory-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import { StoreBed } from '../cluster/store-bed.ts';
import { added, events, listEnd } from '../cluster/watch-script.ts';
import { deploymentJson, replicaSetJson, revision } from '../domain/rollout/objects.ts';
import { target } from '../domain/runbook/run-events.ts';
import { plainSettings } from './plain-settings.ts';
import { identity } from './run-identity.ts';
import { bad, good } from './rollout-script.ts';

describe('a run that is handed over', () => {
  const bed = new StoreBed();
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hand-over-'));
    bed.watches('', {
      deployments: events(added(deploymentJson(bad, revision(2))), listEnd('1')),
      replicasets: events(
        added(replicaSetJson('good', good, revision(1))),
        added(replicaSetJson('bad', bad, revision(2))),
        listEnd('1'),
      ),
    });
    await bed.open();
  });

  after(async () => {
    await bed.close();
    await rm(folder, { recursive: true });
  });

  it('says which revisions are known good here, so that they are at the other machine', async () => {
    const seen = bed.clock.now();
    const { api, clock, store } = bed;
    const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'jane', namespace: 'shop' };
    const writer = { send: () => Promise.reject(new Error('nothing may be written')) };
    const settings = {
      ...plainSettings,
      verdict: ({ uid }: { readonly uid: string }) =>
        uid === 'good-uid'
          ? ({ kind: 'good', lastSeen: seen } as const)
          : ({ kind: 'failed', lastSeen: seen, cause: 'crash loop', goodBefore: undefined } as const),
    };
    const run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    const runbook = new Runbook(run, { context, api, writer, store }, settings, 'jane', clock);
    await runbook.handOver('bob', 'waiting for the cache');
    const memos = memosOf(run.state.handedOver?.knownGood, clock.now());
    const key = revisionKey({ uid: 'good-uid', templateHash: 'good' });
    assert.deepEqual([...memos], [[key, { ranAt: seen, goodAt: seen }]]);
  });
});
