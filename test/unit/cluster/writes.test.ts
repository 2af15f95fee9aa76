import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { type DeploymentWrite, refusal, WriteGateway } from '../../../src/cluster/writes/writes.ts';
import type { WriteOutcome } from '../../../src/domain/runbook/write.ts';
import { VirtualClock } from '../virtual-clock.ts';

const write: DeploymentWrite = {
  intent: {
    kind: 'rollBack',
    context: 'demo',
    namespace: 'shop',
    name: 'api',
    uid: 'u1',
    fromRevision: 8,
    toRevision: 7,
    toReplicaSet: 'rs7',
  },
  operations: [{ op: 'test', path: '/metadata/uid', value: 'u1' }],
  isApplied: (deployment) => deployment.spec?.template?.metadata?.labels?.['version'] === '7',
};

function deployment(version: string, uid = 'u1'): string {
  return JSON.stringify({
    metadata: { uid, generation: 9 },
    spec: { template: { metadata: { labels: { version } } } },
  });
}

const lost = new ApiError('unreachable', 'other side closed', {
  cause: Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }),
});

/** A gateway over an API server that answers `patch` and then `reads`, the last one again and again. */
function gateway(patch: string | ApiError, reads: readonly (string | ApiError)[] = []) {
  const done: string[] = [];
  const sent: WriteRequest[] = [];
  const clock = new VirtualClock();
  const journal = {
    intent: async () => void done.push('intent stored'),
    outcome: async (_intent: unknown, outcome: WriteOutcome) => void done.push(`outcome ${outcome.kind}`),
  };
  const queue = [...reads];
  const api = {
    server: 'https://scripted',
    get: async () => {
      done.push('read');
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      if (answer instanceof ApiError) throw answer;
      return answer ?? '';
    },
    stream: () => Promise.reject(new ApiError('badRequest', 'nothing is streamed here')),
    dispose: () => undefined,
  };
  const writer = {
    send: async (request: WriteRequest) => {
      done.push('sent');
      sent.push(request);
      if (patch instanceof ApiError) throw patch;
      return patch;
    },
  };
  return { gateway: new WriteGateway(api, writer, journal, clock), journal, done, sent, clock };
}

async function applied(made: ReturnType<typeof gateway>, what = write): Promise<WriteOutcome> {
  const outcome = made.gateway.apply(what);
  await made.clock.advance(60_000);
  return outcome;
}

describe('the write gateway', () => {
  it('stores the intent before the patch leaves, and the outcome after its answer', async () => {
    const made = gateway(deployment('7'));
    assert.deepEqual(await applied(made), { kind: 'applied', generation: 9 });
    assert.deepEqual(made.done, ['intent stored', 'sent', 'outcome applied']);
    assert.deepEqual(made.sent, [
      {
        method: 'PATCH',
        path: '/apis/apps/v1/namespaces/shop/deployments/api',
        query: { fieldManager: 'kubernetes-rollback' },
        contentType: 'application/json-patch+json',
        body: JSON.stringify(write.operations),
      },
    ]);
  });

  it('sends nothing where the intent cannot be stored', async () => {
    const made = gateway(deployment('7'));
    made.journal.intent = () => Promise.reject(new Error('ENOSPC: no space left on device'));
    await assert.rejects(made.gateway.apply(write), /ENOSPC/);
    assert.deepEqual(made.sent, []);
  });

  it('does not hide what happened where only the outcome cannot be stored', async () => {
    const made = gateway(deployment('7'));
    made.journal.outcome = () => Promise.reject(new Error('ENOSPC: no space left on device'));
    await assert.rejects(made.gateway.apply(write), /was written.*ENOSPC/);
  });

  it('asks the API server to check a dry run, and stores nothing of it', async () => {
    const made = gateway(deployment('7'));
    await made.gateway.dryRun(write);
    assert.deepEqual(made.done, ['sent']);
    assert.equal(made.sent[0]?.query?.['dryRun'], 'All');
  });

  it('finds by reading that a write without an answer was applied, and never sends it again', async () => {
    const made = gateway(lost, [new ApiError('timedOut', 'no answer'), deployment('8'), deployment('7')]);
    assert.deepEqual(await applied(made), { kind: 'applied', generation: 9 });
    assert.deepEqual(made.done, ['intent stored', 'sent', 'read', 'read', 'read', 'outcome applied']);
  });

  it('says that nothing was applied where the cluster shows no change for a while', async () => {
    const made = gateway(new ApiError('timedOut', 'No answer in time.'), [deployment('8')]);
    assert.deepEqual(await applied(made), {
      kind: 'notApplied',
      message: 'No answer in time. The cluster shows no change 5 s later.',
    });
    assert.equal(made.sent.length, 1);
  });

  it('does not know where the deployment is neither what was read before nor what was written', async () => {
    const madeFor = (generation: number) => ({ ...write, intent: { ...write.intent, generation } });
    const outcome = await applied(gateway(lost, [deployment('8')]), madeFor(8));
    assert.equal(outcome.kind, 'unknown');
    assert.match(outcome.message, /was changed since the preview/);
    assert.equal((await applied(gateway(lost, [deployment('8')]), madeFor(9))).kind, 'notApplied');
    assert.equal((await applied(gateway(lost, [deployment('7')]), madeFor(8))).kind, 'applied');
  });

  it('does not take a deployment of the same name for the one that was written', async () => {
    const made = gateway(lost, [deployment('7', 'another')]);
    assert.equal((await applied(made)).kind, 'notApplied');
  });

  it('does not know where the cluster cannot be read', async () => {
    const made = gateway(lost, [new ApiError('unreachable', 'ECONNREFUSED')]);
    const outcome = await applied(made);
    assert.equal(outcome.kind, 'unknown');
    assert.equal(made.sent.length, 1);
  });

  it('does not know where the cluster stops being readable before it showed the change', async () => {
    const made = gateway(lost, [deployment('8'), new ApiError('unreachable', 'ECONNREFUSED')]);
    assert.equal((await applied(made)).kind, 'unknown');
  });

  it('reads the cluster where something else answered 200 in its place', async () => {
    const made = gateway('<html>Log in to the hotel</html>', [deployment('7')]);
    assert.equal((await applied(made)).kind, 'applied');
    await assert.rejects(gateway('<html>').gateway.dryRun(write), { reason: 'badResponse' });
  });

  it('reads nothing back after a refusal, which has no effect', async () => {
    for (const status of [403, 404, 409, 422, 429]) {
      const made = gateway(new ApiError('forbidden', 'denied by webhook', { status }));
      assert.deepEqual(await applied(made), { kind: 'notApplied', message: 'denied by webhook' });
      assert.deepEqual(made.done, ['intent stored', 'sent', 'outcome notApplied']);
    }
  });

  it('says what a failed precondition means', () => {
    const words = /changed by somebody else/;
    const said = (message: string) => refusal(new ApiError('invalid', message, { status: 422 }));
    assert.match(said('testing value /metadata/generation failed: test failed'), words);
    assert.match(said('the server rejected our request due to an error in our request'), words);
    const other = 'Deployment.apps "api" is invalid: spec.template.spec.containers[0].image: Required value';
    assert.equal(said(other), other);
  });
});
