import assert from 'node:assert/strict';

import type { DeploymentJson } from '../../../../src/domain/rollout/json.ts';
import { ownerOf } from '../../../../src/domain/rollout/ownership.ts';
import { referencesOf } from '../../../../src/domain/rollout/references.ts';
import {
  operationWarnings,
  rollbackBlocker,
  rollbackWarnings,
} from '../../../../src/domain/rollout/write-warnings.ts';
import { deploymentJson, template } from './objects.ts';

const nothing = { scalers: [], gone: [], unknown: [], neverRun: [] as readonly string[], denied: [] };
const plain = deploymentJson(template('api:v1'));
const scaler = { kind: 'HorizontalPodAutoscaler', name: 'api', min: 2, max: 10 } as const;

function marked(metadata: NonNullable<DeploymentJson['metadata']>): DeploymentJson {
  return { ...plain, metadata: { ...plain.metadata, ...metadata } };
}

const argoCd = marked({ annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/api' } });
const flux = marked({
  labels: {
    'kustomize.toolkit.fluxcd.io/name': 'apps',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  },
});
const helm = marked({
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'shop-api' },
});

describe('the owner of a deployment', () => {
  for (const [what, deployment, expected] of [
    ['nobody without marks', plain, undefined],
    ['Argo CD by its tracking annotation', argoCd, { kind: 'argoCd', name: 'shop' }],
    [
      'Argo CD by its label',
      marked({ labels: { 'argocd.argoproj.io/instance': 'shop' } }),
      { kind: 'argoCd', name: 'shop' },
    ],
    [
      'Argo CD by what it has written',
      marked({ managedFields: [{ manager: 'argocd-controller' }] }),
      { kind: 'argoCd', name: '' },
    ],
    ['Flux by its labels', flux, { kind: 'flux', name: 'flux-system/apps', fluxKind: 'kustomization' }],
    [
      'Flux, where its helm-controller writes, before Helm',
      marked({ labels: { 'helm.toolkit.fluxcd.io/name': 'api', 'app.kubernetes.io/managed-by': 'Helm' } }),
      { kind: 'flux', name: 'shop/api', fluxKind: 'helmrelease' },
    ],
    [
      'nobody where Flux was told to leave it alone',
      marked({
        labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
        annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
      }),
      undefined,
    ],
    ['Helm by its release', helm, { kind: 'helm', name: 'shop-api' }],
    [
      'nobody by a label that any chart carries',
      marked({ labels: { 'app.kubernetes.io/instance': 'shop' } }),
      undefined,
    ],
  ] as const)
    it(`is ${what}`, () => assert.deepEqual(ownerOf(deployment), expected));
});

describe('the references of a template', () => {
  it('are all that its pods cannot start without, each once', () => {
    const ref = (name: string, optional?: boolean) => ({
      name,
      ...(optional === undefined ? {} : { optional }),
    });
    const made = template('api:v1', {
      serviceAccountName: 'robot',
      volumes: [
        { name: 'a', configMap: ref('files') },
        { name: 'b', secret: { secretName: 'certificate' } },
        { name: 'c', secret: { secretName: 'spare', optional: true } },
        { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'e', projected: { sources: [{ configMap: ref('part') }, { secret: ref('part') }, {}] } },
        { name: 'f', emptyDir: {} },
      ],
      initContainers: [
        { name: 'init', envFrom: [{ configMapRef: ref('files') }, { secretRef: ref('late', true) }] },
      ],
      containers: [
        {
          name: 'api',
          env: [
            { name: 'A', value: 'plain' },
            { name: 'B', valueFrom: { secretKeyRef: { key: 'k', name: 'password' } } },
            { name: 'C', valueFrom: { configMapKeyRef: { key: 'k', name: 'flags', optional: true } } },
            { name: 'D', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          ],
        },
      ],
    });
    assert.deepEqual(
      referencesOf(made)
        .map(({ kind, name }) => `${kind}/${name}`)
        .toSorted(),
      [
        'ConfigMap/files',
        'ConfigMap/part',
        'PersistentVolumeClaim/data',
        'Secret/certificate',
        'Secret/part',
        'Secret/password',
        'ServiceAccount/robot',
      ],
    );
    assert.deepEqual(referencesOf({}), []);
  });
});

describe('the warnings before a rollback', () => {
  const words = (deployment: DeploymentJson, around = nothing) =>
    rollbackWarnings(deployment, 7, { ...nothing, ...around }).join('\n');

  it('are none where nothing stands against it', () => {
    assert.equal(words(plain), '');
    assert.equal(rollbackBlocker(plain), undefined);
  });

  it('say what of the revision is gone, what may be, and what to do', () => {
    const found = rollbackWarnings(plain, 7, {
      ...nothing,
      gone: [{ kind: 'ConfigMap', name: 'flags' }],
      unknown: [
        { kind: 'Secret', name: 'password' },
        { kind: 'Secret', name: 'certificate' },
      ],
    });
    assert.deepEqual(found, [
      'ConfigMap flags is gone, and revision 7 needs it: its pods will not start. Make it again first.',
      'Not known whether revision 7 still has all it needs: Secret password, Secret certificate cannot be read.',
    ]);
  });

  it('tell which image was never seen running, and guess nothing about it', () => {
    const one = rollbackWarnings(plain, 7, { ...nothing, neverRun: ['api:v1'] });
    assert.deepEqual(one, [
      'Image api:v1 of revision 7 was never seen running from here: not known whether it can still be pulled and starts. Look whether the registry has it.',
    ]);
    assert.match(
      rollbackWarnings(plain, 7, { ...nothing, neverRun: ['api:v1', 'proxy:v1'] })[0] ?? '',
      /^Images api:v1, proxy:v1 of revision 7 were never/,
    );
  });

  it('name who sets the replicas, and what cannot be shown', () => {
    const found = rollbackWarnings(plain, 7, { ...nothing, scalers: [scaler], denied: ['list pods'] });
    assert.match(found[0] ?? '', /^HorizontalPodAutoscaler api \(2 to 10\) sets its replicas/);
    assert.match(found[1] ?? '', /may not list pods: the rollback works/);
  });

  it('say once who brings the failing version back: kubectl apply, Helm, or the owner that blocks', () => {
    const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    const both = { ...helm.metadata, annotations: { ...helm.metadata?.annotations, ...applied } };
    assert.match(words(marked({ annotations: applied })), /managed with kubectl apply/);
    assert.match(words(marked(both)), /helm rollback shop-api -n shop/);
    assert.doesNotMatch(words(marked(both)), /kubectl apply/);
    assert.equal(rollbackBlocker(helm), undefined);
    assert.match(
      rollbackBlocker(argoCd) ?? '',
      /Argo CD \(application shop\).*next sync.*automatic sync off/,
    );
    assert.match(
      rollbackBlocker(flux) ?? '',
      /Kustomization flux-system\/apps.*flux suspend kustomization apps -n flux-system$/,
    );
    assert.equal(words(argoCd), '');
  });
});

describe('the warnings before another operation', () => {
  const scale = { kind: 'scale', fromReplicas: 3, toReplicas: 5 } as const;

  it('say who will set the replicas again', () => {
    const found = operationWarnings(argoCd, scale, { scalers: [scaler] });
    assert.match(found[0] ?? '', /change its limits instead/);
    assert.match(found[1] ?? '', /Argo CD .* may put the number back/);
    assert.deepEqual(operationWarnings(plain, scale, { scalers: [] }), []);
  });

  it('say that a restart by Recreate stops everything at once', () => {
    const spec = plain.spec && { ...plain.spec, strategy: { type: 'Recreate' }, replicas: 0 };
    const recreate = { ...plain, ...(spec && { spec }) };
    const found = operationWarnings(recreate, { kind: 'restart', restartedAt: '' }, { scalers: [] });
    assert.match(found.join('\n'), /all pods end before new ones start[\s\S]*no pod to restart/);
  });
});
