import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEntry, AuditLog } from '../../testbed/cluster/audit.ts';

describe('reading an audit log', () => {
  it('takes what tests ask about from an event', () => {
    assert.deepEqual(auditEntry(event('1', 'ResponseComplete')), {
      id: '1',
      time: '2026-03-01T10:00:00.000000Z',
      verb: 'patch',
      user: 'mia',
      userAgent: 'kubectl/v1.37.2',
      requestURI: '/apis/apps/v1/namespaces/shop/deployments/web?dryRun=All',
      resource: 'deployments',
      subresource: '',
      namespace: 'shop',
      name: 'web',
      apiGroup: 'apps',
      dryRun: true,
      code: 200,
      complete: true,
      requestObject: { spec: { replicas: 2 } },
    });
  });

  it('passes over what is no event', () => {
    for (const other of [null, 3, 'text', [], {}]) assert.equal(auditEntry(other), undefined);
  });

  it('reads on where it stopped, lines cut in the middle included, and knows a request by its id', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kubernetes-rollback-audit-'));
    try {
      const file = join(folder, 'audit.log');
      const opened = JSON.stringify(event('1', 'ResponseStarted'));
      const whole = JSON.stringify({ ...event('2', 'ResponseComplete'), verb: 'größer' });
      const cut = Buffer.from(`${opened}\n${whole}\n`);
      const middle = cut.indexOf('ö') + 1;
      await writeFile(file, cut.subarray(0, middle));
      const log = new AuditLog(file);
      assert.deepEqual(
        (await log.entries()).map(({ id, complete }) => [id, complete]),
        [['1', false]],
      );
      await appendFile(file, cut.subarray(middle));
      await appendFile(file, `${JSON.stringify(event('1', 'ResponseComplete'))}\n`);
      assert.deepEqual(
        (await log.entries()).map(({ id, complete, verb }) => [id, complete, verb]),
        [
          ['1', true, 'patch'],
          ['2', true, 'größer'],
        ],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  function event(auditID: string, stage: string): object {
    return {
      auditID,
      stage,
      requestReceivedTimestamp: '2026-03-01T10:00:00.000000Z',
      verb: 'patch',
      user: { username: 'mia' },
      userAgent: 'kubectl/v1.37.2',
      requestURI: '/apis/apps/v1/namespaces/shop/deployments/web?dryRun=All',
      objectRef: { resource: 'deployments', namespace: 'shop', name: 'web', apiGroup: 'apps' },
      responseStatus: { code: 200 },
      requestObject: { spec: { replicas: 2 } },
    };
  }
});
