import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connections } from '../../../src/cluster/connections.ts';
import { eventually } from '../../testbed/eventually.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('the connections', () => {
  let folder: string;
  let file: string;
  let connections: Connections;
  let clock: VirtualClock;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connections-'));
    file = join(folder, 'config');
    clock = new VirtualClock();
    connections = new Connections(
      clock,
      () => file,
      () => false,
    );
  });

  afterEach(async () => {
    connections.dispose();
    await clock.settle();
    assert.equal(clock.waiting, 0, 'every store has ended');
    await rm(folder, { recursive: true });
  });

  const write = (context: string) =>
    writeFile(
      file,
      JSON.stringify({
        // Port 1 answers nobody: nothing here needs a cluster.
        clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:1' } }],
        users: [{ name: 'u', user: {} }],
        contexts: [{ name: context, context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      }),
    );

  it('look for the kubeconfig again after there was none', async () => {
    await assert.rejects(connections.kubeconfig(), { reason: 'missing' });
    await write('a');
    assert.deepEqual(
      (await connections.kubeconfig()).contexts.map(({ name }) => name),
      ['a'],
    );
  });

  it('ask for their login as soon as they are made', async () => {
    await write('a');
    const { store } = await connections.connect('a');
    const state = await eventually('an answer', async () => store.state.kind === 'stale' && store.state);
    assert.match(state.error.message, /^http:\/\/127\.0\.0\.1:1 refuses the connection/);
  });

  it('are one for each context, made when it is first asked for, however many ask at once', async () => {
    await write('a');
    assert.equal(connections.existing('a'), undefined);
    const [one, other] = await Promise.all([connections.connect('a'), connections.connect('a')]);
    assert.equal(one, other);
    assert.equal(connections.existing('a'), one);
    assert.equal(one.context.namespace, 'shop');
  });

  it('end with a reset, after which the file is read again', async () => {
    await write('a');
    const { api } = await connections.connect('a');
    await write('b');
    connections.reset();
    await assert.rejects(api.get('/version'), { reason: 'aborted' });
    await assert.rejects(connections.connect('a'), /has no context a any more/);
    assert.equal((await connections.connect('b')).context.name, 'b');
  });
});
