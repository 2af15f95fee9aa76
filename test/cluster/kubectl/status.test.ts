import assert from 'node:assert/strict';
import { type RolloutStatus, rolloutStatus } from '../../../src/domain/rollout/status.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import type { KubectlEnd } from '../../testbed/cluster/kubectl.ts';
import { eventually } from '../../testbed/eventually.ts';
import { inFreshNamespace, type RollbackBed } from '../rollback-bed.ts';
import { liveRollouts } from './live-rollouts.ts';
import { RecordedDeployments } from './recorded-deployments.ts';
import { watchedByKubectl } from './watched-rollout.ts';

/**
 * kubectl prints a line for each state of the Deployment that its watch sees, equal ones too. The extension's watch
 * records the same states from the beginning on. So kubectl's lines must stand among what the extension says of them, one
 * after the other with none in between, from where kubectl joined in; and where kubectl ends, the extension must end.
 */
describe('the status of a live rollout, beside that of kubectl', function () {
  this.timeout(150_000);
  const rollouts = new Map(liveRollouts.map((rollout, index) => [`live-${index}`, rollout]));
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;
  let recorded: RecordedDeployments;
  let ends: ReadonlyMap<string, KubectlEnd>;

  inFreshNamespace('status', (place) => ({ cluster, namespace, bed } = place));

  before(async () => {
    recorded = new RecordedDeployments(bed.connection.api, namespace);
    const watching = [...rollouts].map(
      async ([name, rollout]) =>
        [name, await watchedByKubectl(cluster, recorded, namespace, name, rollout)] as const,
    );
    ends = new Map(await Promise.all(watching));
  });

  after(() => recorded?.close());

  for (const [name, { title, end, flags = [] }] of rollouts)
    it(`says the same, and ends the same: ${title}`, async () => {
      const { output = '', problem = '' } = ends.get(name) ?? {};
      const lines = output.split('\n').slice(0, -1);
      const last = problem.trimEnd() || lines.at(-1);
      assert.equal(last, end.replace('NAME', name));
      const revision = Number(/--revision=(\d+)/.exec(flags.join(' '))?.[1] ?? 0);
      const said = () => recorded.of(name).map((deployment) => rolloutStatus(deployment, { revision }));
      const ended = async () =>
        standIn(said(), lines, last ?? '') && recorded.isDeleted(name) === problem.includes('deleted');
      await eventually('what kubectl has seen', ended, { limit: 10_000 }).catch(() => {
        const ours = said().map(({ message }) => message);
        assert.fail(`kubectl said:\n${lines.join('\n')}\n${problem}\nThe extension:\n${ours.join('\n')}`);
      });
    });
});

/** Whether kubectl's lines, and the way in which it ended, stand in what the extension says of the states in turn. */
function standIn(said: readonly RolloutStatus[], lines: readonly string[], last: string): boolean {
  const isEnd = ({ done, error }: RolloutStatus): boolean => done || error !== undefined;
  return said.some((_, start) => {
    const own = said.slice(start, start + lines.length);
    const next = said[start + lines.length];
    if (own.length < lines.length || !own.every(({ message }, index) => message === lines[index]))
      return false;
    if (own.slice(0, -1).some(isEnd)) return false;
    if (next?.error !== undefined) return last === `error: ${next.error.message}`;
    return own.at(-1)?.done === !last.startsWith('error: ');
  });
}
