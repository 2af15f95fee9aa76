import assert from 'node:assert/strict';

import type { Cluster } from '../testbed/cluster/cluster.ts';
import { get, inFreshNamespace, ready, releases, type RollbackBed } from './rollback-bed.ts';

interface History {
  readonly title: string;
  readonly images: readonly string[];
  /** Undos of kubectl that come before. */
  readonly undone: readonly number[];
  readonly to: number;
}

/** What only a controller makes of a history; every other kind is generated in `kubectl/undo.test.ts`. */
const histories: readonly History[] = [
  { title: 'to the previous one', images: ['web:1', 'web:2', 'web:3'], undone: [1], to: 0 },
  {
    title: 'to a number that the undo before has taken away',
    images: ['web:1', 'web:2'],
    undone: [1],
    to: 1,
  },
  {
    title: 'back to where the one before came from',
    images: ['web:1', 'web:2', 'web:3'],
    undone: [1, 0],
    to: 4,
  },
];

describe('an undo after an undo, beside that of kubectl', function () {
  this.timeout(90_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  inFreshNamespace('parity', (place) => ({ cluster, namespace, bed } = place));

  /** What kubectl says of the undo, in the words that are its own and not the command line's. */
  async function kubectlUndo(name: string, to: number): Promise<string> {
    const args = ['rollout', 'undo', `deployment/${name}`, `--to-revision=${to}`, '-n', namespace];
    const said = await cluster.kubectl(args).catch((error: unknown) => String(error));
    return said
      .trim()
      .replace(/^.*error: /s, '')
      .replace(/^deployment\.apps\/\S+ /, '');
  }

  for (const [index, { title, images, undone, to }] of histories.entries())
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
