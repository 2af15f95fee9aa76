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

  describe('after a change of the kubeconfig', () => {
    interface Entry {
      readonly server?: string;
      readonly user?: object;
      readonly namespace?: string;
    }

    /** One cluster and one user for each context. */
    const writeAll = (contexts: Readonly<Record<string, Entry>>, current = Object.keys(contexts)[0]) =>
      writeFile(
        file,
        JSON.stringify({
          clusters: Object.entries(contexts).map(([name, { server = 'http://127.0.0.1:1' }]) => ({
            name,
            cluster: { server },
          })),
          users: Object.entries(contexts).map(([name, { user = {} }]) => ({ name, user })),
          contexts: Object.entries(contexts).map(([name, { namespace = 'shop' }]) => ({
            name,
            context: { cluster: name, user: name, namespace },
          })),
          'current-context': current,
        }),
      );

    let told: readonly string[][];

    beforeEach(async () => {
      told = [];
      connections.onDidChange(({ ended }) => (told = [...told, [...ended].toSorted()]));
      await writeAll({ a: {}, b: {}, c: {}, d: {}, e: {} });
      for (const name of ['a', 'b', 'c', 'd']) await connections.connect(name);
    });

    it('keep what is the same, and end what is different or gone', async () => {
      const before = ['a', 'b', 'c', 'd'].map((name) => connections.existing(name));
      await writeAll({ e: {}, a: {}, b: { server: 'http://127.0.0.1:2' }, c: { user: { token: 't' } } });
      await connections.reread();
      assert.deepEqual(told, [['b', 'c', 'd']]);
      assert.equal(connections.existing('a'), before[0]);
      for (const name of ['b', 'c', 'd']) assert.equal(connections.existing(name), undefined);
      await assert.rejects(async () => before[1]?.api.get('/version'), { reason: 'aborted' });
      assert.equal((await connections.connect('b')).context.server, 'http://127.0.0.1:2');
      assert.equal((await connections.kubeconfig()).currentContext, 'e');
    });

    it('tell of another current context or namespace, and of nothing where nothing is different', async () => {
      await writeAll({ a: {}, b: {}, c: {}, d: {}, e: {} });
      await connections.reread();
      assert.deepEqual(told, []);
      await writeAll({ a: {}, b: {}, c: {}, d: {}, e: {} }, 'b');
      await connections.reread();
      assert.deepEqual(told, [[]]);
      await writeAll({ a: { namespace: 'other' }, b: {}, c: {}, d: {}, e: {} }, 'b');
      await connections.reread();
      assert.deepEqual(told.at(-1), ['a']);
    });

    it('stay as they are while it cannot be read, as when it is half written', async () => {
      const before = connections.existing('a');
      await writeFile(file, '{"clusters": [');
      await connections.reread();
      assert.deepEqual(told, [[]]);
      await assert.rejects(connections.kubeconfig(), { reason: 'unreadable' });
      await rm(file);
      await connections.reread();
      await assert.rejects(connections.kubeconfig(), { reason: 'missing' });
      await writeAll({ a: {}, b: {}, c: {}, d: {}, e: {} });
      await connections.reread();
      assert.equal(connections.existing('a'), before);
      assert.equal(await connections.connect('a'), before);
      assert.deepEqual(told, [[], [], []]);
    });

    it('stay where a login has written new tokens into it', async () => {
      const oidc = (token: string) => ({
        user: { 'auth-provider': { name: 'oidc', config: { 'id-token': token, 'refresh-token': token } } },
      });
      await writeAll({ f: oidc('one') });
      await connections.reread();
      const before = await connections.connect('f');
      await writeAll({ f: oidc('two') });
      await connections.reread();
      assert.equal(connections.existing('f'), before);
    });

    it('take the newest where it changes twice at once', async () => {
      await writeAll({ a: {} });
      const first = connections.reread();
      await writeAll({ z: {} });
      await Promise.all([first, connections.reread()]);
      assert.deepEqual(
        (await connections.kubeconfig()).contexts.map(({ name }) => name),
        ['z'],
      );
    });
  });
});
