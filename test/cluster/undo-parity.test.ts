import assert from 'node:assert/strict';

import type { Cluster } from '../testbed/cluster/cluster.ts';
import { freshNamespace, sharedCluster } from '../testbed/cluster/shared.ts';
import { get, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

interface History {
  readonly title: string;
  readonly images: readonly string[];
  /** Undos of kubectl that come before, which renumber the history. */
  readonly undone?: readonly number[];
  readonly paused?: boolean;
  readonly to: number;
}

const histories: readonly History[] = [
  { title: 'to the previous revision', images: ['web:1', 'web:2', 'web:3'], to: 0 },
  { title: 'to a revision by number', images: ['web:1', 'web:2', 'web:3'], to: 1 },
  { title: 'to the previous one after an undo', images: ['web:1', 'web:2', 'web:3'], undone: [1], to: 0 },
  { title: 'to a number that an undo has taken away', images: ['web:1', 'web:2'], undone: [1], to: 1 },
  { title: 'to a revision that never was', images: ['web:1', 'web:2'], to: 7 },
  { title: 'to the revision that runs', images: ['web:1', 'web:2'], to: 2 },
  { title: 'without any older revision', images: ['web:1'], to: 0 },
  { title: 'of a paused deployment', images: ['web:1', 'web:2'], paused: true, to: 0 },
];

describe('an undo, beside that of kubectl', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  before(async () => {
    cluster = await sharedCluster();
    namespace = await freshNamespace(cluster, 'parity');
    bed = await rollbackBed(cluster, namespace);
  });

  after(() => bed.close());

  /** What kubectl says of the undo, in the words that are its own and not the command line's. */
  async function kubectlUndo(name: string, to: number): Promise<string> {
    const args = ['rollout', 'undo', `deployment/${name}`, `--to-revision=${to}`, '-n', namespace];
    const said = await cluster.kubectl(args).catch((error: unknown) => String(error));
    return said
      .trim()
      .replace(/^.*error: /s, '')
      .replace(/^deployment\.apps\/\S+ /, '');
  }

  for (const [index, { title, images, undone = [], paused = false, to }] of histories.entries())
    it(`${title} says and leaves the same`, async () => {
      const pair = [`theirs-${index}`, `ours-${index}`] as const;
      for (const name of pair) {
        await releases(cluster, namespace, name, images, { replicas: 1 });
        for (const revision of undone) {
          await kubectlUndo(name, revision);
          await cluster.kubectl([
            'rollout',
            'status',
            `deployment/${name}`,
            '-n',
            namespace,
            '--timeout=30s',
          ]);
        }
        if (paused) await cluster.kubectl(['rollout', 'pause', `deployment/${name}`, '-n', namespace]);
      }
      const theirs = await kubectlUndo(pair[0], to);
      const runbook = await bed.runbook(pair[1]);
      const preparation = await runbook.prepare(to);
      if (preparation.kind === 'ready') {
        assert.equal((await runbook.rollBack(ready(preparation))).kind, 'applied');
        assert.match(theirs, /rolled back$/);
      } else assert.equal(preparation.message.replaceAll(pair[1], pair[0]), theirs);
      const left = await Promise.all(
        pair.map(async (name) => {
          const spec = await get(cluster, namespace, name, '{.spec}');
          const annotations = await get(cluster, namespace, name, '{.metadata.annotations}');
          const own: Record<string, unknown> = JSON.parse(annotations);
          return [spec, Object.keys(own).toSorted()].join().replaceAll(name, 'name');
        }),
      );
      assert.equal(left[1], left[0]);
    });
});
