import assert from 'node:assert/strict';

import type { WriteRequest } from '../../../src/cluster/api-server.ts';
import { deploymentPath, readReplicaSets } from '../../../src/cluster/reads/deployments.ts';
import { permissionWords, reviewPermissions, rollbackPermissions } from '../../../src/cluster/permissions.ts';
import { deploymentJson, template } from '../domain/rollout/objects.ts';
import { WatchScript } from './watch-script.ts';

describe('the review of permissions', () => {
  it('asks for each by a SelfSubjectAccessReview, and takes only a plain yes for one', async () => {
    const sent: WriteRequest[] = [];
    const answers = ['{"status":{"allowed":true}}', '{"status":{"allowed":false,"reason":"no role"}}', '{}'];
    const writer = {
      send: async (request: WriteRequest) => {
        sent.push(request);
        return answers[sent.length - 1] ?? '{"status":{"allowed":"true"}}';
      },
    };
    const found = await reviewPermissions(writer, 'shop', rollbackPermissions);
    assert.deepEqual(
      found.map(({ permission, allowed, reason }) => [permissionWords(permission), allowed, reason]),
      [
        ['get deployments.apps', true, ''],
        ['patch deployments.apps', false, 'no role'],
        ['list replicasets.apps', false, ''],
        ['list pods', false, ''],
        ['get pods/log', false, ''],
      ],
    );
    assert.deepEqual(
      new Set(sent.map(({ method, path }) => `${method} ${path}`)),
      new Set(['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews']),
    );
    assert.deepEqual(JSON.parse(sent[4]?.body ?? '').spec.resourceAttributes, {
      namespace: 'shop',
      verb: 'get',
      group: '',
      resource: 'pods',
      subresource: 'log',
    });
  });

  it('fails where something else answers in the place of the API server', async () => {
    const writer = { send: async () => '<html>' };
    await assert.rejects(reviewPermissions(writer, 'shop', rollbackPermissions), { reason: 'badResponse' });
  });
});

describe('a request about a deployment', () => {
  it('spells a selector as the API does', async () => {
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'env', operator: 'NotIn', values: ['dev'] },
      { key: 'team', operator: 'Exists' },
      { key: 'old', operator: 'DoesNotExist' },
    ];
    const made = deploymentJson(template('api:v1'));
    const selector = { matchLabels: { app: 'api', 'a/b': 'c' }, matchExpressions };
    const api = new WatchScript().on('/apis/apps/v1/namespaces/shop/replicasets', {});
    const spec = { selector, template: template('api:v1') };
    assert.deepEqual(await readReplicaSets(api, { ...made, spec }), []);
    assert.deepEqual(api.asked[0]?.query, {
      labelSelector: 'app=api,a/b=c,tier in (a,b),env notin (dev),team,!old',
    });
  });

  it('keeps names within their part of the path', () => {
    assert.equal(
      deploymentPath({ namespace: '../x', name: 'a?b' }),
      '/apis/apps/v1/namespaces/..%2Fx/deployments/a%3Fb',
    );
  });
});
