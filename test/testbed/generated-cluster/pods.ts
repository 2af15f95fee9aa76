import { managedFields } from './managed-fields.ts';
import { labelsOf, nameOf, podTemplateSpec, templateHash, type Application } from './pod-template-spec.ts';
import { hole } from './template.ts';
import { owner, replicaSetUid } from './workloads.ts';

const createdAt = '2026-01-10T08:15:00Z';
const startedAt = '2026-01-10T08:15:04Z';

/** A Pod of the newest revision, running and ready, or `failing` in a crash loop. */
export function podObject(application: Application, revision: number, failing: boolean): object {
  const labels = { ...labelsOf(application), 'pod-template-hash': templateHash };
  const set = `${nameOf(application)}-${templateHash}`;
  const template = podTemplateSpec(application, revision);
  const spec = {
    ...template,
    nodeName: 'node-01',
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    enableServiceLinks: true,
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
  };
  const status = {
    phase: 'Running',
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
      (type) => ({
        type,
        status: failing && type.endsWith('Ready') ? 'False' : 'True',
        lastProbeTime: null,
        lastTransitionTime: startedAt,
      }),
    ),
    hostIP: '10.0.0.11',
    hostIPs: [{ ip: '10.0.0.11' }],
    podIP: '10.244.1.17',
    podIPs: [{ ip: '10.244.1.17' }],
    startTime: createdAt,
    containerStatuses: containersOf(template).map(({ name, image }) =>
      containerStatus(name, image, failing && name === 'server'),
    ),
    qosClass: 'Burstable',
  };
  const rest = {
    generateName: `${set}-`,
    labels,
    ownerReferences: [owner('apps/v1', 'ReplicaSet', set, replicaSetUid)],
  };
  const object = { kind: 'Pod', apiVersion: 'v1', metadata: rest, spec, status };
  return {
    ...object,
    metadata: {
      name: `${set}-${hole.pod}`,
      generateName: rest.generateName,
      namespace: `team-${hole.namespace}`,
      uid: `f0000000-0000-4000-8000-000000${hole.pod}`,
      resourceVersion: hole.version,
      generation: 1,
      creationTimestamp: createdAt,
      labels,
      ownerReferences: rest.ownerReferences,
      managedFields: managedFields(object, { manager: 'kube-controller-manager' }, 'kubelet'),
    },
  };
}

function containersOf(
  template: Readonly<Record<string, unknown>>,
): readonly { name: string; image: string }[] {
  const { containers } = template;
  return Array.isArray(containers) ? containers : [];
}

function containerStatus(name: string, image: string, failing: boolean): object {
  const digest = 'sha256:4f5cbd0d9a1c9e0f3a7c1b2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f';
  const ended = { exitCode: 1, reason: 'Error', startedAt, finishedAt: '2026-01-10T08:16:30Z' };
  const message = `back-off 5m0s restarting failed container=${name}`;
  return {
    name,
    state: failing ? { waiting: { reason: 'CrashLoopBackOff', message } } : { running: { startedAt } },
    lastState: failing ? { terminated: { ...ended, containerID: `containerd://${digest}` } } : {},
    ready: !failing,
    restartCount: failing ? 7 : 0,
    image,
    imageID: `${image.split(':')[0]}@${digest}`,
    containerID: `containerd://${digest}`,
    started: !failing,
  };
}
