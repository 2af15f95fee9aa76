import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiServer } from '../../../src/cluster/api-server.ts';
import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { WriteGateway } from '../../../src/cluster/writes/writes.ts';
import { prepareRollback } from '../../../src/runs/prepare-rollback.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { corruption } from './corrupting-api.ts';
import { api as name, apiDeployment, apiReplicaSet } from './shop.ts';

describe('a rollback that is decided on corrupted answers', () => {
  const deployment = JSON.stringify(apiDeployment());
  const replicaSets = JSON.stringify({ items: [1, 2, 3].map((number) => apiReplicaSet(number)) });
  const nothing = () => Promise.reject(new Error('a preparation stores nothing'));

  it('is prepared, refused or fails with words, and sends nothing but a dry run', async () => {
    await fc.assert(
      fc.asyncProperty(
        corruption,
        fc.boolean(),
        fc.integer({ min: 0, max: 3 }),
        async (corrupt, ofList, to) => {
          const answer = (right: string, faulty: boolean) => (faulty ? corrupt([right]).join('\n') : right);
          const api: ApiServer = {
            server: 'https://corrupting',
            get: async (path) =>
              path.endsWith('/api') ? answer(deployment, !ofList) : answer(replicaSets, ofList),
            stream: nothing,
            dispose: () => undefined,
          };
          const writer = {
            send: async ({ method, query }: WriteRequest) => {
              if (method === 'POST') return '{"status":{"allowed":true}}';
              assert.equal(query?.['dryRun'], 'All');
              return '{}';
            },
          };
          const gateway = new WriteGateway(
            api,
            writer,
            { intent: nothing, outcome: nothing },
            new VirtualClock(),
          );
          try {
            const { kind } = await prepareRollback(
              {
                api,
                writer,
                context: 'prod',
                kubeconfig: undefined,
                name,
                verdict: () => ({ kind: 'unknown' }),
              },
              gateway,
              { toRevision: to, note: '' },
            );
            assert.ok(['ready', 'skipped', 'refused'].includes(kind));
          } catch (error) {
            assert.ok(error instanceof ApiError, String(error));
            assert.equal(error.reason, 'badResponse');
          }
        },
      ),
      { numRuns: 500, includeErrorInReport: true },
    );
  });
});
