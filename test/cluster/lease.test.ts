import assert from 'node:assert/strict';

import { microTime } from '../../src/cluster/writes/lease-object.ts';
import { DeploymentLease, type LeaseState } from '../../src/cluster/writes/lease.ts';
import { leaseClaim } from '../../src/runs/run-lease.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { VirtualClock } from '../unit/virtual-clock.ts';
import { grantRole } from './grant-role.ts';
import { inFreshNamespace, ready, releases, rollbackBed, type RollbackBed } from './rollback-bed.ts';

describe('the lease of a deployment on a real API server', function () {
  this.timeout(60_000);
  let cluster: Cluster;
  let namespace: string;
  let bed: RollbackBed;

  inFreshNamespace('lease', (place) => ({ cluster, namespace, bed } = place));

  const lease = (name: string, identity: string, clock: VirtualClock, { api, writer } = bed.connection) =>
    new DeploymentLease(api, writer, clock, { namespace, name }, identity);
  const get = (name: string, path: string) =>
    cluster.kubectl([
      'get',
      'lease',
      `kubernetes-rollback-${name}`,
      '-n',
      namespace,
      '-o',
      `jsonpath=${path}`,
    ]);
  const writes = async (name: string) =>
    (await cluster.audit()).filter(
      (entry) =>
        entry.namespace === namespace &&
        entry.resource === 'leases' &&
        ['create', 'patch', 'update', 'delete'].includes(entry.verb) &&
        entry.name === `kubernetes-rollback-${name}`,
    );

  it('has one holder, is renewed, expires when its holder is gone, and is given back', async () => {
    const clock = new VirtualClock(new Date().toISOString());
    const jane = lease('web', 'jane@laptop_0a1b2c', clock);
    const bob = lease('web', 'bob@desk_3d4e5f', clock);
    const states = await Promise.all([jane.take(), bob.take()]);
    assert.deepEqual(states.map(({ kind }) => kind).toSorted(), ['held', 'ours']);
    const [first, second, name] = jane.isHeld
      ? [jane, bob, 'jane@laptop_0a1b2c']
      : [bob, jane, 'bob@desk_3d4e5f'];
    assert.equal(await get('web', '{.spec.holderIdentity}'), name);
    const begun = await get('web', '{.spec.renewTime}');
    await clock.advance(10_000);
    await eventually('its renewal', async () => (await get('web', '{.spec.renewTime}')) > begun);
    assert.equal((await second.take()).kind, 'held');
    first.dispose();
    await clock.advance(31_000);
    assert.deepEqual(await second.take(), { kind: 'ours' });
    assert.equal(await get('web', '{.spec.leaseTransitions}'), '1');
    await second.release();
    assert.equal(await get('web', '{.spec.holderIdentity}'), '');
    const accepted = (await writes('web')).filter(({ code }) => code < 300).map(({ verb }) => verb);
    assert.deepEqual(accepted, ['create', 'patch', 'patch', 'patch'], 'made, renewed, taken, given back');
  });

  it('is taken over by a person who insists, from the holder they saw and nobody else', async () => {
    const clock = new VirtualClock(new Date().toISOString());
    const jane = lease('api', 'jane@laptop_0a1b2c', clock);
    const bob = lease('api', 'bob@desk_3d4e5f', clock);
    await jane.take();
    const lost = new Promise<LeaseState>((resolve) => jane.onLost(resolve));
    assert.equal((await bob.take('eve@home')).kind, 'held');
    assert.deepEqual(await bob.take('jane@laptop'), { kind: 'ours' });
    await clock.advance(10_000); // Both renew; whether she is told of his renewal or of what was before it is chance.
    const told = await lost;
    assert.ok(told.kind === 'held');
    assert.equal(told.by, 'bob@desk');
    const renewedAt = microTime(clock.now());
    await eventually('his renewal', async () => (await get('api', '{.spec.renewTime}')) === renewedAt);
    assert.deepEqual(await jane.look(), { ...told, renewedAt });
    await jane.release();
    assert.equal(await get('api', '{.spec.holderIdentity}'), 'bob@desk_3d4e5f');
    await bob.release();
  });

  it('is said not to be permitted where a Role lacks it, and nothing is stored', async () => {
    const user = `nobody-${namespace}`;
    const other = await rollbackBed(cluster, namespace, cluster.kubeconfigFor(user));
    try {
      const clock = new VirtualClock();
      const state = await lease('none', 'eve@home_0a1b2c', clock, other.connection).take();
      assert.ok(state.kind === 'notPermitted');
      assert.match(state.message, /leases/);
      assert.deepEqual(
        (await writes('none')).filter(({ user: who, code }) => who === user && code < 300),
        [],
      );
    } finally {
      await other.close();
    }
  });

  it('keeps a second machine from rolling the same deployment back, until the first one is done', async () => {
    await releases(cluster, namespace, 'shared', ['web:1', 'web:2']);
    await cluster.kubectl(['rollout', 'status', 'deployment/shared', '-n', namespace, '--timeout=30s']);
    const clock = new VirtualClock(new Date().toISOString());
    const jane = lease('shared', 'jane@laptop_0a1b2c', clock);
    const bob = lease('shared', 'bob@desk_3d4e5f', clock);
    const { writer } = bed.connection;
    const [hers, his] = await Promise.all(
      [jane, bob].map((each) => bed.runbook('shared', { claim: leaseClaim(each, writer, namespace) })),
    );
    assert.ok(hers && his);
    const seenByBoth = ready(await his.prepare(0));
    const preview = ready(await hers.prepare(0));
    assert.deepEqual(
      (await writes('shared')).filter(({ name }) => name !== ''),
      [],
      'looking claims nothing',
    );
    assert.equal((await hers.rollBack(preview)).kind, 'applied');
    assert.equal(await get('shared', '{.spec.holderIdentity}'), 'jane@laptop_0a1b2c');
    const late = await his.rollBack(seenByBoth);
    assert.ok(late.kind === 'notApplied');
    assert.match(late.message, /^jane@laptop carries out a run of this deployment just now/);
    // The previous revision is another one only once the controller has numbered the one that was put back.
    await cluster.kubectl(['rollout', 'status', 'deployment/shared', '-n', namespace, '--timeout=30s']);
    const refused = await his.prepare(0);
    assert.ok(refused.kind === 'refused');
    assert.match(refused.message, /^jane@laptop carries out/);
    await jane.release();
    assert.equal((await his.prepare(0)).kind, 'ready');
    jane.dispose();
    bob.dispose();
    const patched = (await cluster.audit()).filter(
      ({ resource, verb, name, namespace: where, dryRun }) =>
        resource === 'deployments' && verb === 'patch' && name === 'shared' && where === namespace && !dryRun,
    );
    assert.equal(patched.filter(({ userAgent }) => userAgent === 'kubernetes-rollback').length, 1);
  });

  it('is missed in words where it may not be written, and nothing else changes', async () => {
    await releases(cluster, namespace, 'alone', ['web:1', 'web:2']);
    const user = `patcher-${namespace}`;
    const verbs = 'get,list,watch,patch';
    await grantRole(cluster, namespace, user, verbs, 'deployments.apps,replicasets.apps,pods');
    const other = await rollbackBed(cluster, namespace, cluster.kubeconfigFor(user));
    try {
      const own = lease('alone', 'eve@home_0a1b2c', new VirtualClock(), other.connection);
      const claim = leaseClaim(own, other.connection.writer, namespace);
      const runbook = await other.runbook('alone', { claim });
      const preview = ready(await runbook.prepare(0));
      assert.ok(
        preview.warnings.some((words) => words.startsWith('Nobody at another machine is told')),
        preview.warnings.join(),
      );
      assert.equal((await runbook.rollBack(preview)).kind, 'applied');
      own.dispose();
    } finally {
      await other.close();
    }
  });

  it('is not even tried in a read-only context', async () => {
    bed.guards.readOnly = true;
    try {
      const before = (await writes('guarded')).length;
      assert.equal(
        (await lease('guarded', 'jane@laptop_0a1b2c', new VirtualClock()).take()).kind,
        'notPermitted',
      );
      assert.equal((await writes('guarded')).length, before);
    } finally {
      bed.guards.readOnly = false;
    }
  });
});
