import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { WriteGateway } from '../../../src/cluster/writes/writes.ts';
import type { DeploymentJson } from '../../../src/domain/rollout/json.ts';
import { undoCommand } from '../../../src/runs/kubectl-command.ts';
import { prepareRollback, type Preparation, type RollbackPlace } from '../../../src/runs/prepare-rollback.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { WatchScript } from '../cluster/watch-script.ts';
import { replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { bad, good, paths, rollout, rolloutScript } from './rollout-script.ts';

/** What else a preparation may be asked, or asked of. */
interface Asked {
  readonly replicaSet?: string;
  readonly api?: WatchScript;
}

describe('the preparation of a rollback', () => {
  const name = { namespace: 'shop', name: 'api' };
  let sent: string[];

  let bodies: string[];

  beforeEach(() => {
    sent = [];
    bodies = [];
  });

  const at = (context: string, kubeconfig?: string) => ({ context, kubeconfig });

  function prepare(
    deployment: DeploymentJson,
    dryRun?: ApiError,
    to = 3,
    note = '',
    verdict: RollbackPlace['verdict'] = () => ({ kind: 'unknown' }),
    { replicaSet, api = rolloutScript(deployment) }: Asked = {},
  ): Promise<Preparation> {
    const writer = {
      send: async ({ method, query, body }: WriteRequest) => {
        if (method === 'POST') return '{"status":{"allowed":true}}';
        sent.push(query?.['dryRun'] ?? 'a write');
        bodies.push(body);
        if (dryRun !== undefined) throw dryRun;
        return '{}';
      },
    };
    const nothing = () => Promise.reject(new Error('a preparation stores nothing'));
    const journal = { intent: nothing, outcome: nothing };
    const gateway = new WriteGateway(api, writer, journal, new VirtualClock());
    const place = { api, writer, context: 'my context', kubeconfig: undefined, name, verdict };
    return prepareRollback(place, gateway, { toRevision: to, note, replicaSet });
  }

  it('shows both sides, what changes, and what the write will test', async () => {
    const preparation = await prepare(rollout(bad, 3));
    assert.ok(preparation.kind === 'ready');
    const { from, to, changes, write } = preparation.preview;
    assert.deepEqual([from.replicaSetName, to.replicaSetName], ['api-bad', 'api-good']);
    assert.deepEqual([from.version, to.version], ['v2', 'v1']);
    assert.equal(changes.length, 1);
    assert.deepEqual(write.operations.slice(0, 2), [
      { op: 'test', path: '/metadata/uid', value: 'deployment-uid' },
      { op: 'test', path: '/metadata/generation', value: 5 },
    ]);
    assert.equal(write.isApplied(rollout(good, 0)), true);
    assert.equal(write.isApplied(rollout(bad, 0)), false);
    assert.deepEqual(sent, ['All']);
  });

  it('puts numbers of 64 bits back as they are', async () => {
    const pod = template('api:v1', { terminationGracePeriodSeconds: 1234 });
    const items = [replicaSetJson('good', pod, revision(3))];
    const api = new WatchScript()
      .on(paths.deployment, rollout(bad, 3))
      .on(paths.replicaSets, JSON.stringify({ items }).replaceAll('1234', '9007199254740993'));
    const preparation = await prepare(rollout(bad, 3), undefined, 3, '', undefined, { api });
    assert.ok(preparation.kind === 'ready');
    assert.match(bodies.join('\n'), /"terminationGracePeriodSeconds":9007199254740993[,}]/);
    assert.match(preparation.preview.changes.map(({ words }) => words).join('\n'), /9007199254740993/);
  });

  it('refuses where the number leads to another revision than the one that was seen', async () => {
    const chosen = (replicaSet: string, to: number) =>
      prepare(rollout(bad, 3), undefined, to, '', undefined, { replicaSet });
    assert.equal((await chosen('good-uid', 3)).kind, 'ready');
    const refused = await chosen('another-uid', 3);
    assert.ok(refused.kind === 'refused');
    assert.match(refused.message, /^Revision 3 is another one now than the one that was chosen: 3 \(v1\)/);
    assert.deepEqual(sent, ['All']);
  });

  it('asks again, and lets kubectl ask, by 0 where the number of the previous one leads to another', async () => {
    // Two of number 3: kubectl's undo without a number takes the younger of them, and with 3 the older one.
    const replicaSets = [
      replicaSetJson('older', template('api:v0'), revision(3)),
      replicaSetJson('younger', good, revision(3)),
      replicaSetJson('bad', bad, revision(2)),
    ];
    const asked = async (to: number) => {
      const api = new WatchScript()
        .on(paths.deployment, rollout(bad, 3))
        .on(paths.replicaSets, { items: replicaSets });
      const preparation = await prepare(rollout(bad, 3), undefined, to, '', undefined, { api });
      assert.ok(preparation.kind === 'ready');
      const { to: target, askFor, command } = preparation.preview;
      return [target.replicaSetUid, askFor, /--to-revision=\d+/.exec(command)?.[0]];
    };
    assert.deepEqual(await asked(0), ['younger-uid', 0, undefined]);
    assert.deepEqual(await asked(3), ['older-uid', 3, '--to-revision=3']);
  });

  it('warns where the next kubectl apply brings it back, and where no pod will start', async () => {
    const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    const made = rollout(bad, 0);
    const preparation = await prepare({
      ...made,
      metadata: { ...made.metadata, annotations: { ...made.metadata?.annotations, ...applied } },
      spec: { ...made.spec, selector: made.spec?.selector ?? {}, template: bad, replicas: 0 },
    });
    assert.ok(preparation.kind === 'ready');
    const words = preparation.preview.warnings.join('\n');
    assert.match(words, /scaled to zero/);
    assert.match(words, /kubectl apply/);
  });

  it('puts a note into the change cause that goes with the same patch', async () => {
    const preparation = await prepare(rollout(bad, 3), undefined, 3, 'checkout fails');
    assert.ok(preparation.kind === 'ready');
    assert.equal(preparation.preview.causeAfter, 'checkout fails (rollback to 3)');
    assert.deepEqual(preparation.preview.write.operations.at(-1), {
      op: 'add',
      path: '/metadata/annotations/kubernetes.io~1change-cause',
      value: 'checkout fails (rollback to 3)',
    });
  });

  it('asks for no dry run where there is nothing to write', async () => {
    assert.equal((await prepare(rollout(good, 3))).kind, 'skipped');
    const refused = await prepare(rollout(bad, 3), undefined, 99);
    assert.ok(refused.kind === 'refused');
    assert.equal(refused.message, 'unable to find specified revision 99 in history');
    assert.deepEqual(sent, []);
  });

  it('gives the words of the dry run that was refused, and fails where it had no answer', async () => {
    const quota = new ApiError('forbidden', 'exceeded quota: compute', { status: 403 });
    const refused = await prepare(rollout(bad, 3), quota);
    assert.ok(refused.kind === 'refused');
    assert.equal(refused.message, 'The cluster refuses this: exceeded quota: compute');
    await assert.rejects(prepare(rollout(bad, 3), new ApiError('timedOut', 'no answer')), {
      reason: 'timedOut',
    });
  });

  it('names the kubeconfig in the command where the setting does, for both halves of it', () => {
    const text = undoCommand(at('prod', '/home/jane/my clusters/c'), name, 3, 'why');
    assert.equal(text.split(" --context prod --kubeconfig '/home/jane/my clusters/c'").length, 3);
  });

  it('warns of an image that was never seen running, whichever of its revisions ran with it', async () => {
    const warned = async (ran: readonly string[]) => {
      const verdict: RollbackPlace['verdict'] = ({ uid }) =>
        ran.includes(uid) ? { kind: 'unknown', ranAt: 1 } : { kind: 'unknown' };
      const preparation = await prepare(rollout(bad, 3), undefined, 3, '', verdict);
      assert.ok(preparation.kind === 'ready');
      return preparation.preview.warnings.filter((words) => words.includes('never seen running'));
    };
    assert.equal((await warned([])).length, 1);
    assert.deepEqual(await warned(['good-uid']), []);
    assert.equal((await warned(['bad-uid'])).length, 1);
  });

  it('spells the same command for kubectl so that a shell takes it as one', () => {
    assert.equal(
      undoCommand(at("o'neil; rm -rf"), name, 3),
      "kubectl rollout undo deployment/api --to-revision=3 -n shop --context 'o'\\''neil; rm -rf'",
    );
    assert.match(
      undoCommand(at('arn:aws:eks:eu-1:1:cluster/a'), name, 3),
      /--context arn:aws:eks:eu-1:1:cluster\/a$/,
    );
    assert.match(
      undoCommand(at('prod'), name, 3, 'carts are lost (rollback to 3)'),
      /--to-revision=3 .* && kubectl annotate deployment\/api --overwrite 'kubernetes\.io\/change-cause=carts are lost \(rollback to 3\)' -n shop --context prod$/,
    );
  });
});
