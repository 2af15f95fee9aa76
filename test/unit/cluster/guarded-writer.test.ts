import assert from 'node:assert/strict';

import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { GuardedWriter } from '../../../src/cluster/writes/guarded-writer.ts';
import { reviewPermissions, rollbackPermissions } from '../../../src/cluster/permissions.ts';

const patch: WriteRequest = {
  method: 'PATCH',
  path: '/apis/apps/v1/namespaces/shop/deployments/api',
  contentType: 'application/json-patch+json',
  body: '[]',
};

describe('the writer of a context', () => {
  let sent: WriteRequest[];
  let readOnly: boolean;
  let writer: GuardedWriter;

  beforeEach(() => {
    sent = [];
    readOnly = true;
    const inner = { send: async (request: WriteRequest) => ((sent = [...sent, request]), '{}') };
    writer = new GuardedWriter(inner, () => readOnly);
  });

  it('sends nothing while the context is read-only, not even a dry run', async () => {
    await assert.rejects(writer.send(patch), { reason: 'readOnly' });
    await assert.rejects(writer.send({ ...patch, query: { dryRun: 'All' } }), { reason: 'readOnly' });
    await assert.rejects(writer.send({ ...patch, method: 'POST', contentType: 'application/json' }), {
      reason: 'readOnly',
    });
    assert.deepEqual(sent, []);
  });

  it('still asks for permissions, which changes nothing', async () => {
    await reviewPermissions(writer, 'shop', rollbackPermissions);
    assert.equal(sent.length, rollbackPermissions.length);
  });

  it('asks the setting at each request', async () => {
    readOnly = false;
    await writer.send(patch);
    readOnly = true;
    await assert.rejects(writer.send(patch));
    assert.deepEqual(sent, [patch]);
  });
});
