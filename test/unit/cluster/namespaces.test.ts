import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { namedNamespaces, namespaceSource } from '../../../src/cluster/store/namespaces.ts';
import { forbidden } from './store-bed.ts';
import { WatchScript } from './watch-script.ts';

describe('the namespaces to look at', () => {
  const { signal } = new AbortController();

  /** Allows listing Deployments in these namespaces. */
  function reviewer(allowed: readonly string[]) {
    const sent: string[] = [];
    return {
      sent,
      send: async ({ body }: WriteRequest) => {
        const { namespace } = JSON.parse(body).spec.resourceAttributes;
        sent.push(namespace);
        return JSON.stringify({ status: { allowed: allowed.includes(namespace) } });
      },
    };
  }

  async function found(api: WatchScript, writer: ReturnType<typeof reviewer>): Promise<string[]> {
    const names: string[] = [];
    await namespaceSource(api, writer, ['named']).find((name) => names.push(name), signal);
    return names.toSorted();
  }

  it('are those in which the user may list deployments; what is named is not asked about', async () => {
    const names = ['named', ...Array.from({ length: 20 }, (_, index) => `n${index}`)];
    const items = names.map((name) => ({ metadata: { name } }));
    const writer = reviewer(['n3', 'n19', 'named']);
    assert.deepEqual(await found(new WatchScript().on('/api/v1/namespaces', { items }), writer), [
      'n19',
      'n3',
    ]);
    assert.deepEqual(writer.sent.toSorted(), names.slice(1).toSorted());
  });

  it('are none more where namespaces may not be listed', async () => {
    const writer = reviewer([]);
    assert.deepEqual(await found(new WatchScript().on('/api/v1/namespaces', forbidden), writer), []);
    const broken = new WatchScript().on('/api/v1/namespaces', new ApiError('unreachable', 'gone'));
    await assert.rejects(found(broken, writer), { reason: 'unreachable' });
  });

  it('are named by the setting, by the context, and by others of the same cluster and user', () => {
    const context = (cluster: string, user: string, namespace: string) => ({ cluster, user, namespace });
    const contexts = [
      context('prod', 'jane', 'default'),
      context('prod', 'jane', 'shop'),
      context('prod', 'root', 'system'),
      context('dev', 'jane', 'play'),
    ];
    const named = namedNamespaces(contexts, context('prod', 'jane', 'default'), ['bank', 'shop']);
    assert.deepEqual(named, ['bank', 'shop', 'default']);
  });
});
