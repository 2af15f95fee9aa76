import assert from 'node:assert/strict';
import { join } from 'node:path';

import { RevisionMemory } from '../../src/runs/revision-memory.ts';
import { RevisionMemoryFile } from '../../src/runs/revision-memory-file.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { VirtualClock } from '../unit/virtual-clock.ts';
import { inFreshNamespace, releases, type RollbackBed } from './rollback-bed.ts';

describe('a known good revision of a real deployment', function () {
  this.timeout(60_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  inFreshNamespace('good', (place) => ({ cluster, namespace, bed } = place));

  it('is the one that ran for five minutes, while the next one that crashes is known as failing', async () => {
    const { store } = bed.connection;
    await releases(cluster, namespace, 'web', ['web:1.3']);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=30s']);
    await eventually('three ready pods', async () => store.find(namespace, 'web')?.deployment.ready === 3);
    const clock = new VirtualClock();
    const unstored: unknown[] = [];
    const file = new RevisionMemoryFile(join(bed.folder, 'memory.json'));
    const memory = new RevisionMemory(store, clock, file, (error) => unstored.push(error));
    const verdict = (revision: number): string | undefined => {
      const found = store.find(namespace, 'web')?.replicaSets.find((each) => each.revision === revision);
      return found && memory.verdict(found).kind;
    };
    assert.equal(verdict(1), 'unknown');
    await clock.advance(6 * 60_000);
    assert.equal(verdict(1), 'good');
    await cluster.kubectl(['set', 'image', 'deployment/web', 'app=web:1.4-crash', '-n', namespace]);
    await eventually('the crash to be known', async () => verdict(2) === 'failed');
    await clock.advance(6 * 60_000);
    assert.equal(verdict(1), 'good');
    const last = memory.lastKnownGood(store.find(namespace, 'web')?.replicaSets ?? []);
    assert.equal(last?.revision, 1);
    memory.dispose();
    await file.add(new Map());
    assert.deepEqual(unstored, []);
  });
});
