import assert from 'node:assert/strict';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { readScalers, readSurroundings } from '../../../src/runs/write-surroundings.ts';
import { WatchScript } from '../cluster/watch-script.ts';
import { template } from '../domain/rollout/objects.ts';

const name = { namespace: 'shop', name: 'api' };
const autoscalers = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
const scaledObjects = '/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects';
const target = { kind: 'Deployment', name: 'api' };
const hpa = (scaleTargetRef: object) => ({
  metadata: { name: 'keda-hpa-api' },
  spec: { scaleTargetRef, minReplicas: 2, maxReplicas: 9 },
});
const forbidden = new ApiError('forbidden', 'no', { status: 403 });
const missing = new ApiError('notFound', 'no', { status: 404 });

describe('what is read around a deployment', () => {
  it('finds the autoscaler of this deployment alone', async () => {
    const others = [hpa({ kind: 'StatefulSet', name: 'api' }), hpa({ kind: 'Deployment', name: 'web' })];
    const api = new WatchScript()
      .on(autoscalers, { items: [...others, hpa(target)] })
      .on(scaledObjects, missing);
    assert.deepEqual(await readScalers(api, name, undefined), [
      { kind: 'HorizontalPodAutoscaler', name: 'keda-hpa-api', min: 2, max: 9 },
    ]);
  });

  it('names KEDA’s ScaledObject in place of the autoscaler that KEDA makes for it', async () => {
    const scaled = {
      metadata: { name: 'by-queue' },
      spec: { scaleTargetRef: { name: 'api' }, maxReplicaCount: 30 },
    };
    const api = new WatchScript()
      .on(autoscalers, { items: [hpa(target)] })
      .on(scaledObjects, { items: [scaled] });
    assert.deepEqual(await readScalers(api, name, undefined), [
      { kind: 'ScaledObject', name: 'by-queue', min: 0, max: 30 },
    ]);
  });

  it('takes what may not be looked at for not known, never for gone', async () => {
    const api = new WatchScript()
      .on(autoscalers, forbidden)
      .on(scaledObjects, forbidden)
      .on('/api/v1/namespaces/shop/configmaps/a', missing)
      .on('/api/v1/namespaces/shop/secrets/b', forbidden)
      .on('/api/v1/namespaces/shop/serviceaccounts/c', {});
    const writer = { send: () => Promise.reject(new ApiError('timedOut', 'no answer')) };
    const made = template('api:v1', {
      serviceAccountName: 'c',
      volumes: [
        { name: 'a', configMap: { name: 'a' } },
        { name: 'b', secret: { secretName: 'b' } },
      ],
    });
    assert.deepEqual(await readSurroundings(api, writer, name, made, undefined), {
      scalers: [],
      gone: [{ kind: 'ConfigMap', name: 'a' }],
      unknown: [{ kind: 'Secret', name: 'b' }],
      denied: [],
    });
  });

  it('stops where the person stops', async () => {
    const aborted = new ApiError('aborted', 'Stopped.');
    const api = new WatchScript().on(autoscalers, aborted).on(scaledObjects, aborted);
    await assert.rejects(readScalers(api, name, undefined), { reason: 'aborted' });
  });
});
