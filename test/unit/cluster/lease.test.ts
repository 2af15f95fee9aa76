import assert from 'node:assert/strict';

import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { DeploymentLease, type LeaseState } from '../../../src/cluster/writes/lease.ts';
import { GuardedWriter } from '../../../src/cluster/writes/guarded-writer.ts';
import { leaseName } from '../../../src/cluster/writes/lease-object.ts';
import type { JsonPatchOperation } from '../../../src/domain/rollout/json-patch.ts';
import { VirtualClock } from '../virtual-clock.ts';

interface Stored {
  metadata: { uid: string; resourceVersion: string };
  spec: Record<string, unknown>;
}

/** One Lease of an API server, with its preconditions. */
class LeaseServer {
  readonly server = 'https://leases';
  readonly sent: WriteRequest[] = [];
  stored: Stored | undefined;
  /** Answers each request instead, where it is set. */
  error: ApiError | undefined;
  #version = 0;

  async get(): Promise<string> {
    if (this.error) throw this.error;
    if (this.stored === undefined) throw new ApiError('notFound', 'no lease', { status: 404 });
    return JSON.stringify(this.stored);
  }

  async send(request: WriteRequest): Promise<string> {
    if (this.error) throw this.error;
    this.sent.push(request);
    if (request.method === 'POST') {
      if (this.stored) throw new ApiError('conflict', 'already exists', { status: 409 });
      const { spec }: Stored = JSON.parse(request.body);
      this.stored = { metadata: { uid: 'u1', resourceVersion: `${++this.#version}` }, spec };
      return JSON.stringify(this.stored);
    }
    const { stored } = this;
    if (stored === undefined) throw new ApiError('notFound', 'no lease', { status: 404 });
    const operations: JsonPatchOperation[] = JSON.parse(request.body);
    for (const operation of operations) {
      const [, field = '', name = ''] = operation.path.split('/');
      const place: Record<string, unknown> = field === 'metadata' ? stored.metadata : stored.spec;
      if (operation.op === 'test' && place[name] !== operation.value)
        throw new ApiError('invalid', 'the server rejected our request due to an error in our request', {
          status: 422,
        });
      if (operation.op === 'add' && name === '') stored.spec = operation.value as Stored['spec'];
      else if (operation.op === 'add') stored.spec[name] = operation.value;
    }
    stored.metadata.resourceVersion = `${++this.#version}`;
    return JSON.stringify(stored);
  }

  stream = () => Promise.reject(new ApiError('badRequest', 'nothing is streamed here'));
  dispose = () => undefined;
}

describe('the lease of a deployment', () => {
  let server: LeaseServer;
  let clock: VirtualClock;
  let jane: DeploymentLease;
  let bob: DeploymentLease;
  const holder = () => server.stored?.spec['holderIdentity'];
  const of = (identity: string, time = clock) =>
    new DeploymentLease(server, server, time, { namespace: 'shop', name: 'api' }, identity);

  beforeEach(() => {
    server = new LeaseServer();
    clock = new VirtualClock();
    jane = of('jane@laptop_0a1b2c');
    bob = of('bob@desk_3d4e5f');
  });

  const heldByJane = (renewedAt = '2026-01-01T00:00:00.000000Z'): LeaseState => ({
    kind: 'held',
    by: 'jane@laptop',
    renewedAt,
  });

  it('is free where nobody made one, and looking writes nothing', async () => {
    assert.deepEqual(await jane.look(), { kind: 'free' });
    assert.deepEqual(server.sent, []);
  });

  it('is held by who takes it, and told to others by name', async () => {
    assert.deepEqual(await jane.take(), { kind: 'ours' });
    assert.deepEqual(await jane.look(), { kind: 'ours' });
    assert.deepEqual(await bob.look(), heldByJane());
    assert.deepEqual(await bob.take(), heldByJane());
    assert.equal(holder(), 'jane@laptop_0a1b2c');
    assert.equal(server.stored?.spec['leaseDurationSeconds'], 30);
  });

  it('is renewed as long as it is held, and never seen as free meanwhile', async () => {
    await jane.take();
    for (let second = 0; second < 300; second += 5) {
      await clock.advance(5_000);
      assert.equal((await bob.take()).kind, 'held', `after ${second + 5} s`);
    }
    jane.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('goes to the next one at once when it is given back', async () => {
    await jane.take();
    await jane.release();
    assert.equal(holder(), '');
    assert.deepEqual(await bob.take(), { kind: 'ours' });
    assert.equal(server.stored?.spec['leaseTransitions'], 1);
    assert.equal(jane.isHeld, false);
  });

  it('expires when its holder is gone: once it was seen unchanged for its whole time', async () => {
    await jane.take();
    jane.dispose();
    assert.equal((await bob.look()).kind, 'held');
    await clock.advance(30_000);
    assert.equal((await bob.look()).kind, 'held');
    await clock.advance(1_000);
    assert.deepEqual(await bob.take(), { kind: 'ours' });
  });

  it('does not rely on two clocks that agree, and does not wait where hours have passed', async () => {
    await jane.take();
    jane.dispose();
    const ahead = new VirtualClock('2026-01-01T00:04:00Z');
    assert.equal((await of('bob@desk_3d4e5f', ahead).take()).kind, 'held');
    const hoursLater = new VirtualClock('2026-01-01T03:00:00Z');
    assert.equal((await of('bob@desk_3d4e5f', hoursLater).take()).kind, 'ours');
  });

  it('is taken over when a person insists, and who had it is told at its next renewal', async () => {
    await jane.take();
    const lost: LeaseState[] = [];
    jane.onLost((state) => lost.push(state));
    assert.deepEqual(await bob.take('somebody@else'), heldByJane());
    assert.deepEqual(await bob.take('jane@laptop'), { kind: 'ours' });
    await clock.advance(10_000);
    assert.deepEqual(
      lost.map((state) => state.kind === 'held' && state.by),
      ['bob@desk'],
    );
    assert.equal(jane.isHeld, false);
    await jane.release();
    assert.equal(holder(), 'bob@desk_3d4e5f', 'what is not ours is not given back');
  });

  it('goes to one of two who take it at the same time', async () => {
    const states = await Promise.all([jane.take(), bob.take()]);
    assert.deepEqual(states.map(({ kind }) => kind).toSorted(), ['held', 'ours']);
    await (jane.isHeld ? jane : bob).release();
    const again = await Promise.all([jane.take(), bob.take()]);
    assert.deepEqual(again.map(({ kind }) => kind).toSorted(), ['held', 'ours']);
  });

  it('is made again where somebody deleted it', async () => {
    await jane.take();
    server.stored = undefined;
    await clock.advance(10_000);
    assert.equal(holder(), 'jane@laptop_0a1b2c');
    assert.equal(jane.isHeld, true);
  });

  it('survives a network that is away for a while', async () => {
    await jane.take();
    server.error = new ApiError('unreachable', 'connection refused');
    await clock.advance(20_000);
    assert.deepEqual(await bob.take(), { kind: 'unknown', message: 'connection refused' });
    server.error = undefined;
    await clock.advance(10_000);
    assert.equal((await bob.look()).kind, 'held');
  });

  it('says where it may not be written, and is never written to a read-only context', async () => {
    server.error = new ApiError('forbidden', 'leases is forbidden', { status: 403 });
    assert.deepEqual(await jane.take(), { kind: 'notPermitted', message: 'leases is forbidden' });
    server.error = undefined;
    const guarded = new GuardedWriter(server, () => true);
    const readOnly = new DeploymentLease(
      server,
      guarded,
      clock,
      { namespace: 'shop', name: 'api' },
      'jane@laptop',
    );
    assert.equal((await readOnly.take()).kind, 'notPermitted');
    assert.deepEqual(server.sent, []);
  });

  it('has a name that the API server takes, however long the deployment’s is', () => {
    assert.equal(leaseName({ namespace: 'shop', name: 'api' }), 'kubernetes-rollback-api');
    const long = leaseName({ namespace: 'shop', name: `${'a'.repeat(232)}.${'b'.repeat(20)}` });
    assert.match(long, /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/);
    assert.ok(long.length <= 253);
  });
});
