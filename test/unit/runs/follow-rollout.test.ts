import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { RolloutEnd } from '../../../src/domain/runbook/events.ts';
import { followRollout } from '../../../src/runs/follow-rollout.ts';
import { added, events, listEnd, type WatchScript } from '../cluster/watch-script.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { bad, good, paths, rollout, rolloutScript } from './rollout-script.ts';

describe('following a rollout', () => {
  let clock: VirtualClock;
  let stop: AbortController;
  let messages: string[];
  let end: RolloutEnd | undefined;

  beforeEach(() => {
    clock = new VirtualClock();
    stop = new AbortController();
    messages = [];
    end = undefined;
  });

  afterEach(async () => {
    stop.abort();
    await clock.settle();
    assert.equal(clock.waiting, 0, 'no timer is left behind');
  });

  async function follow(api: WatchScript, since = '2025-12-31T23:00:00Z'): Promise<void> {
    const followed = {
      name: { namespace: 'shop', name: 'api' },
      uid: 'deployment-uid',
      aim: { uid: 'good-uid', name: 'api-good' },
      since,
    };
    void followRollout(api, clock, followed, (message) => messages.push(message), stop.signal).then(
      (found) => (end = found),
    );
    await clock.settle();
  }

  const ended = (): string => (end === undefined ? '' : `${end.kind}: ${end.message}`);

  it("says kubectl's sentences once each, and ends complete with the number that the revision carries now", async () => {
    const body = events(
      added(rollout(good, 1)),
      listEnd('1'),
      added(rollout(good, 1)),
      added(rollout(good, 3)),
    );
    await follow(rolloutScript(rollout(good, 1), rollout(good, 3)).on(paths.deployments, body));
    assert.deepEqual(messages, [
      'Waiting for deployment "api" rollout to finish: 1 out of 3 new replicas have been updated...',
    ]);
    assert.deepEqual(end, {
      kind: 'complete',
      message: 'deployment "api" successfully rolled out',
      nowRevision: 3,
    });
  });

  it('ends as failed where nothing moves for longer than the deadline, though an old deadline condition hides it', async () => {
    const stuck = rollout(good, 1);
    const old = {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'ReplicaSet "api-bad" has timed out progressing.',
    };
    const seen = {
      ...stuck,
      spec: { ...stuck.spec, progressDeadlineSeconds: 60 },
      status: { ...stuck.status, conditions: [old] },
    };
    // The scripted watch stays open for a minute at a time.
    const body = events(added(seen), listEnd('1'));
    await follow(rolloutScript(stuck).on(paths.deployments, body));
    await clock.advance(60_000);
    assert.equal(end, undefined, 'the controller is the first to say it');
    await clock.advance(15_000);
    assert.match(ended(), /^failed: No progress for 75 s: Waiting for deployment "api" rollout/);
  });

  it('looks again where the last look failed, though the watch has no more to say', async () => {
    const body = events(added(rollout(good, 3)), listEnd('1'));
    const away = new ApiError('serverError', 'etcd leader changed', { status: 500 });
    await follow(rolloutScript(away, away, rollout(good, 3)).on(paths.deployments, body));
    await clock.advance(30_000);
    assert.equal(end?.kind, 'complete');
    assert.match(messages[0] ?? '', /etcd leader changed/);
  });

  it('ends as lost where somebody else has put another template in place, which never becomes ready', async () => {
    const body = events(added(rollout(good, 1)), listEnd('1'));
    await follow(rolloutScript(rollout(good, 1), rollout(bad, 0, 6)).on(paths.deployments, body));
    assert.equal(end, undefined);
    body.write(`${JSON.stringify(added(rollout(bad, 0, 6)))}\n`);
    await clock.settle();
    assert.match(ended(), /^lost: .*another template/);
  });

  it('goes on where somebody else only scales', async () => {
    const body = events(added(rollout(good, 1)), listEnd('1'), added(rollout(good, 2, 6)));
    await follow(rolloutScript(rollout(good, 1), rollout(good, 2, 6)).on(paths.deployments, body));
    await clock.settle();
    assert.equal(end, undefined);
  });

  it('ends past the deadline of its own ReplicaSet, and only of its own', async () => {
    const late = (replicaSet: string) => {
      const message = `ReplicaSet "${replicaSet}" has timed out progressing.`;
      const reason = 'ProgressDeadlineExceeded';
      const made = rollout(good, 1);
      const conditions = [{ type: 'Progressing', status: 'False', reason, message }];
      return { ...made, status: { ...made.status, conditions } };
    };
    const body = events(added(late('api-bad')), listEnd('1'));
    await follow(rolloutScript(rollout(good, 1)).on(paths.deployments, body));
    assert.equal(end, undefined);
    body.write(`${JSON.stringify(added(late('api-good')))}\n`);
    await clock.settle();
    assert.deepEqual(end, {
      kind: 'failed',
      message: 'deployment "api" exceeded its progress deadline',
      nowRevision: undefined,
    });
  });

  it('does not believe a deadline that is longer than the rollout is old: it was that of the rollout before', async () => {
    const message = 'ReplicaSet "api-good" has timed out progressing.';
    const condition = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message };
    const made = rollout(good, 1);
    const hasty = { ...made, status: { ...made.status, conditions: [condition] } };
    const body = events(added(hasty), listEnd('1'), added(rollout(good, 3)));
    await follow(rolloutScript(made, rollout(good, 3)).on(paths.deployments, body), '2025-12-31T23:59:59Z');
    assert.equal(ended(), 'complete: deployment "api" successfully rolled out');
  });

  it('ends where the deployment is deleted, was deleted, or was created again', async () => {
    const removed = { type: 'DELETED', object: rollout(good, 1) };
    const other = { ...rollout(good, 3), metadata: { uid: 'another' } };
    for (const body of [
      events(added(rollout(good, 1)), listEnd('1'), removed),
      events(listEnd('1')),
      events(added(other), listEnd('1')),
    ]) {
      end = undefined;
      await follow(rolloutScript(rollout(good, 1)).on(paths.deployments, body));
      assert.match(ended(), /^lost: .*deleted/);
    }
  });

  it('ends as stopped, which it says is no end of the rollout, also before it began', async () => {
    await follow(rolloutScript(rollout(good, 1)).on(paths.deployments, events()));
    stop.abort();
    await clock.settle();
    assert.deepEqual(end, {
      kind: 'stopped',
      message: 'You stopped watching; the rollout itself goes on.',
      nowRevision: undefined,
    });
    await follow(rolloutScript().on(paths.deployments, events()));
    assert.equal(end?.kind, 'stopped');
  });

  it('goes on over a lost connection', async () => {
    const first = events(added(rollout(good, 1)), listEnd('1')).cut();
    const api = rolloutScript(rollout(good, 1), rollout(good, 3)).on(paths.deployments, first);
    await follow(api.on(paths.deployments, events(added(rollout(good, 3)))));
    await clock.advance(1_000);
    assert.equal(end?.kind, 'complete');
    assert.ok(messages.some((message) => message.endsWith('Trying again.')));
  });

  it('calls no rollout failed for the time in which the cluster could not be seen, and then says again what it waits for', async () => {
    const seen = rollout(good, 1);
    const short = { ...seen, ...(seen.spec && { spec: { ...seen.spec, progressDeadlineSeconds: 60 } }) };
    const api = rolloutScript(short).on(paths.deployments, events(added(short), listEnd('1')).cut());
    await follow(api);
    await clock.advance(120_000);
    assert.equal(end, undefined);
    assert.match(messages.at(-1) ?? '', /Trying again\.$/);
    api.on(paths.deployments, events());
    await clock.advance(20_000);
    assert.match(messages.at(-1) ?? '', /1 out of 3 new replicas have been updated/);
    await clock.advance(75_000);
    assert.match(ended(), /^failed: No progress for 75 s/);
  });

  it('ends where watching is not allowed', async () => {
    const refused = new ApiError('forbidden', 'cannot watch deployments', { status: 403 });
    await follow(rolloutScript().on(paths.deployments, refused));
    assert.equal(end?.message, 'cannot watch deployments');
  });
});
