import assert from 'node:assert/strict';
import type { ApiWriter } from '../../../src/cluster/api-server.ts';
import type { Transport } from '../../../src/cluster/http/transport.ts';
import { WriteGateway } from '../../../src/cluster/writes/writes.ts';
import type { WriteOutcome } from '../../../src/domain/runbook/write.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { prepareRollback, type Preparation } from '../../../src/runs/prepare-rollback.ts';
import {
  answerLost,
  cutOff,
  type Fault,
  reset,
  silence,
  status,
  webPage,
} from '../../testbed/misbehaving/faults.ts';
import type { MisbehavingServer } from '../../testbed/misbehaving/server.ts';
import { revision } from '../domain/rollout/objects.ts';
import { told, transportTo } from './asking.ts';
import {
  api,
  apiDeployment,
  apiPath,
  apiReplicaSet,
  putDeployment,
  putReplicaSet,
  replicaSetPath,
  startShop,
} from './shop.ts';

const changed = 'The deployment was changed by somebody else after the preview, so nothing was written.';

describe('a rollback', () => {
  let shop: MisbehavingServer;
  let transport: Transport;
  let gateway: WriteGateway;
  /** A write may take 30 s; where the server is silent, less is waited here. */
  let timeoutMs: number;
  beforeEach(async () => {
    shop = await startShop();
    transport = transportTo(shop.url);
    timeoutMs = 30_000;
    const writer: ApiWriter = {
      send: (request, options) => transport.send(request, { ...options, timeoutMs }),
    };
    const stored = async () => undefined;
    const clock = { ...realClock, sleep: async () => undefined };
    gateway = new WriteGateway(transport, writer, { intent: stored, outcome: stored }, clock);
  });
  afterEach(async () => {
    transport.dispose();
    await shop.close();
  });

  function prepare(toRevision = 2): Promise<Preparation> {
    const verdict = () => ({ kind: 'unknown' as const });
    const place = {
      api: transport,
      writer: transport,
      context: 'prod',
      kubeconfig: undefined,
      name: api,
      verdict,
    };
    return prepareRollback(place, gateway, { toRevision, note: '' });
  }

  async function refused(toRevision?: number): Promise<string> {
    const preparation = await prepare(toRevision);
    assert.ok(preparation.kind === 'refused', preparation.kind);
    return `${preparation.message} ${preparation.hint}`.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
  }

  /** Confirms a preview after `between` has happened. */
  async function confirmedAfter(between: () => void): Promise<WriteOutcome> {
    const preparation = await prepare();
    assert.ok(preparation.kind === 'ready');
    between();
    return gateway.apply(preparation.preview.write);
  }

  const patches = () =>
    shop.asked.filter(({ verb, query }) => verb === 'patch' && !query.has('dryRun')).length;

  describe('is refused with words and writes nothing', () => {
    afterEach(() => {
      assert.equal(patches(), 0, 'nothing was sent to be written');
      assert.equal(shop.written.length, 0);
    });

    it('where the deployment is gone', async () => {
      shop.objects.delete(apiPath);
      assert.equal(
        await told(prepare()),
        'deployments.apps "api" not found (404). It may have been deleted: refresh the tree.',
      );
    });

    it('where it is paused', async () => {
      const deployment = apiDeployment();
      assert.ok(deployment.spec);
      deployment.spec.paused = true;
      putDeployment(shop, deployment);
      assert.match(await refused(), /^you cannot rollback a paused deployment; resume it first .* Resume it/);
    });

    it('where it has no history', async () => {
      for (const number of [1, 2]) shop.objects.delete(replicaSetPath(`api-r${number}`));
      assert.match(
        await refused(0),
        /^no rollout history found for deployment "api" Without an older ReplicaSet there is nothing to put back/,
      );
      shop.objects.delete(replicaSetPath('api-r3'));
      assert.match(await refused(0), /^no rollout history found/);
    });

    it('where the revision has vanished, or its number cannot be read', async () => {
      const words = /^unable to find specified revision 2 in history Refresh the tree and choose one/;
      putReplicaSet(shop, apiReplicaSet(2, revision('two')));
      assert.match(await refused(2), words);
      shop.objects.delete(replicaSetPath('api-r2'));
      assert.match(await refused(2), words);
    });

    const denials: Readonly<Record<string, readonly [Fault, RegExp]>> = {
      'a webhook denies it': [
        status(403, 'admission webhook "images.example.com" denied the request: no unsigned images'),
        /: A policy of the cluster refuses this: admission webhook "images\.example\.com" denied the request: no unsigned images \(403\)\. Ask who keeps the policy, or choose a revision that it allows\.$/,
      ],
      'a policy denies it': [
        status(
          422,
          "deployments.apps \"api\" is forbidden: ValidatingAdmissionPolicy 'no-v2' with binding 'all' denied request: v2 is banned",
        ),
        /: A policy of the cluster refuses this: .* denied request: v2 is banned \(422\)\. Ask who keeps the policy/,
      ],
      'the quota is used up': [
        status(
          403,
          'deployments.apps "api" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=5, limited: pods=5',
        ),
        /: The namespace's quota refuses this: .*exceeded quota: compute.* \(403\)\. Free something in the namespace, or ask for a larger quota\.$/,
      ],
      'a webhook cannot be asked': [
        status(
          500,
          'Internal error occurred: failed calling webhook "images.example.com": connection refused',
        ),
        /: A webhook of the cluster that must agree cannot be asked: .* \(500\)\. Ask who keeps the webhook: until it answers, nobody can change this\.$/,
      ],
      'the right to patch is missing': [
        status(
          403,
          'deployments.apps "api" is forbidden: User "jane" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
        ),
        /: User "jane" may not patch deployments\.apps in namespace "shop" \(403\)\. Ask for a role that allows it/,
      ],
      'the API server has too much to do': [
        status(429, 'slow down', { 'retry-after': '2' }),
        /: http:\/\/127\.0\.0\.1:PORT has too many requests to answer now, and asks to wait 2 s \(429\)\. Retry after that time\.$/,
      ],
    };
    for (const [what, [fault, words]] of Object.entries(denials))
      it(`where ${what}`, async () => {
        shop.fault({ verb: 'patch', dryRun: true }, fault);
        assert.match(await refused(), words);
      });

    it('where something else answers the dry run', async () => {
      shop.fault({ verb: 'patch' }, webPage(200, 'Sign in'));
      assert.match(await told(prepare()), /answers with a web page instead of Kubernetes objects/);
    });

    it('where the dry run is not answered', async () => {
      timeoutMs = 300;
      shop.fault({ verb: 'patch' }, silence);
      assert.match(await told(prepare()), /^No answer from http:\/\/127\.0\.0\.1:PORT in time/);
    });
  });

  it('takes the oldest of revisions with one number, as kubectl does', async () => {
    putReplicaSet(shop, apiReplicaSet(1, revision(2)));
    putReplicaSet(shop, apiReplicaSet(2));
    const preparation = await prepare(2);
    assert.ok(preparation.kind === 'ready');
    assert.equal(preparation.preview.to.replicaSetName, 'api-r1');
  });

  describe('that is overtaken between preview and confirmation writes nothing', () => {
    afterEach(() => assert.equal(shop.written.length, 0));
    const deployment = apiDeployment();
    const meanwhile: Readonly<Record<string, readonly [() => void, string]>> = {
      'by an edit': [
        () => putDeployment(shop, { ...deployment, metadata: { ...deployment.metadata, generation: 6 } }),
        changed,
      ],
      'by a deletion': [
        () => shop.objects.delete(apiPath),
        'The deployment has been deleted, so nothing was written.',
      ],
      'by another deployment of its name': [
        () => putDeployment(shop, { ...deployment, metadata: { ...deployment.metadata, uid: 'another' } }),
        changed,
      ],
    };
    for (const [what, [between, message]] of Object.entries(meanwhile))
      it(what, async () => {
        assert.deepEqual(await confirmedAfter(between), { kind: 'notApplied', message });
        assert.equal(patches(), 1);
      });
  });

  describe('is sent once, and its outcome is what the cluster shows', () => {
    const when = (fault: Fault, silent = false) =>
      confirmedAfter(() => {
        if (silent) timeoutMs = 300;
        shop.fault({ verb: 'patch' }, fault);
      });
    afterEach(() => assert.equal(patches(), 1));

    for (const [what, fault] of [
      ['is lost', answerLost],
      ['is cut off', cutOff],
      ['is a page of something in between', afterwards(webPage(502, 'Bad Gateway'))],
      ['is a login page', afterwards(webPage(200, 'Sign in'))],
      ['never comes', afterwards(silence)],
    ] as const)
      it(`applied, where the answer ${what}`, async () => {
        assert.deepEqual(await when(fault, what === 'never comes'), { kind: 'applied', generation: 6 });
        assert.equal(shop.written.length, 1);
      });

    for (const [what, fault, words] of [
      ['the connection is reset', reset, /^http:.* ended the connection without an answer \(ECONNRESET\)\./],
      ['no answer comes', silence, /^No answer from http:.* in time/],
      [
        'the API server fails',
        status(500, 'etcdserver: no leader'),
        /has failed inside: etcdserver: no leader \(500\)\./,
      ],
      [
        'a login page answers',
        webPage(200, 'Sign in'),
        /answers with a web page instead of Kubernetes objects/,
      ],
      ['a proxy refuses', webPage(403, 'Blocked'), /answers with a web page instead of Kubernetes objects/],
    ] as const)
      it(`not applied, where ${what} and nothing changed`, async () => {
        const outcome = await when(fault, fault === silence);
        assert.ok(outcome.kind === 'notApplied');
        assert.match(outcome.message, words);
        assert.match(outcome.message, / The cluster shows no change 5 s later\.$/);
        assert.equal(shop.written.length, 0);
      });

    it('not applied, where the API server refuses it', async () => {
      const outcome = await when(status(429, 'slow down', { 'retry-after': '2' }));
      assert.ok(outcome.kind === 'notApplied');
      assert.match(outcome.message, /asks to wait 2 s \(429\)\.$/);
    });

    it('not known, where the cluster cannot be read afterwards', async () => {
      const outcome = await confirmedAfter(() => {
        shop.fault({ verb: 'patch' }, answerLost);
        shop.fault({ verb: 'get' }, status(503, 'shutting down'));
      });
      assert.ok(outcome.kind === 'unknown');
      assert.match(
        outcome.message,
        /^No answer came, and the cluster cannot be read: .* shutting down \(503\)\.$/,
      );
    });
  });
});

/** The request is carried out, and then answered so. */
function afterwards(fault: Fault): Fault {
  return (response, rightly) => {
    rightly();
    fault(response, rightly);
  };
}
