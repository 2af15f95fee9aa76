import { eventRecord, type EventRecord } from '../../../../src/domain/events/event-record.ts';
import type { DeploymentJson, PodJson, ReplicaSetJson } from '../../../../src/domain/rollout/json.ts';

/** A time of the test's day in the zone of the machine that runs it, as descriptions show it. */
const local = (time: string): string => new Date(`2026-01-01T${time}`).toISOString();
export const now = Date.parse(local('10:30:00'));

const labels = { app: 'web' };
const container = {
  name: 'api',
  image: 'registry.example.com/web:v2',
  command: ['/bin/web'],
  args: ['--port=8080', '--token=hunter2', 'two words'],
  ports: [{ name: 'http', containerPort: 8080 }],
  resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  readinessProbe: { httpGet: { path: '/health', port: 'http' }, periodSeconds: 5 },
  livenessProbe: { exec: { command: ['/bin/alive'] }, initialDelaySeconds: 10 },
  envFrom: [{ configMapRef: { name: 'web-settings' } }],
  env: [
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'web', key: 'token' } } },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ],
  volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }],
};

export const deployment: DeploymentJson = {
  metadata: {
    uid: 'deployment-1',
    name: 'web',
    namespace: 'shop',
    generation: 2,
    labels,
    annotations: { 'deployment.kubernetes.io/revision': '2', 'kubernetes.io/change-cause': 'release v2' },
    creationTimestamp: local('09:00:00'),
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '50%' } },
    template: { metadata: { labels }, spec: { containers: [container], volumes: [{ name: 'data' }] } },
  },
  status: {
    observedGeneration: 2,
    replicas: 2,
    updatedReplicas: 1,
    readyReplicas: 1,
    availableReplicas: 1,
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
        lastTransitionTime: local('10:20:00'),
      },
      { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' },
    ],
  },
};

function replicaSet(hash: string, revision: number, image: string, replicas: number): ReplicaSetJson {
  const own = { ...labels, 'pod-template-hash': hash };
  return {
    metadata: {
      uid: hash,
      name: `web-${hash}`,
      namespace: 'shop',
      labels: own,
      annotations: {
        'deployment.kubernetes.io/revision': String(revision),
        'kubernetes.io/change-cause': `release v${revision}`,
      },
      creationTimestamp: local(revision === 1 ? '09:00:00' : '10:15:00'),
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'deployment-1', controller: true },
      ],
    },
    spec: {
      replicas,
      selector: { matchLabels: own },
      template: { metadata: { labels: own }, spec: { containers: [{ ...container, image }] } },
    },
    status: { replicas, readyReplicas: revision === 1 ? replicas : 0 },
  };
}

export const replicaSets: readonly ReplicaSetJson[] = [
  replicaSet('6f7d9c4b5', 1, 'registry.example.com/web:v1', 1),
  replicaSet('7c8d9f5b6', 2, 'registry.example.com/web:v2', 1),
];

function pod(name: string, owner: string, more: Partial<PodJson>): PodJson {
  return {
    metadata: {
      uid: name,
      name,
      namespace: 'shop',
      labels,
      creationTimestamp: local('10:15:10'),
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `web-${owner}`, uid: owner, controller: true },
      ],
    },
    spec: { containers: [container], nodeName: 'node-1' },
    ...more,
  };
}

export const crashing: PodJson = pod('web-7c8d9f5b6-x2k9q', '7c8d9f5b6', {
  spec: {
    containers: [container],
    nodeName: 'node-1',
    serviceAccountName: 'web',
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: 'web-data' } },
      { name: 'keys', secret: { secretName: 'web-keys' } },
    ],
  },
  status: {
    phase: 'Running',
    qosClass: 'Burstable',
    podIPs: [{ ip: '10.0.0.7' }],
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'unready: [api]' },
    ],
    containerStatuses: [
      {
        name: 'api',
        image: container.image,
        imageID: '',
        ready: false,
        restartCount: 4,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting' } },
        lastState: {
          terminated: {
            exitCode: 1,
            reason: 'Error',
            startedAt: local('10:28:01'),
            finishedAt: local('10:28:03'),
            message: 'migration check failed\n',
          },
        },
      },
    ],
  },
});

export const running: PodJson = pod('web-6f7d9c4b5-b7wlm', '6f7d9c4b5', {
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'api',
        image: 'registry.example.com/web:v1',
        imageID: '',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: local('09:00:05') } },
      },
    ],
  },
});

/** Of the same labels, but nobody's: it must not show as the Deployment's. */
export const stray: PodJson = { ...running, metadata: { name: 'web-debug', uid: 'stray', labels } };

export const backOff: EventRecord = eventRecord({
  metadata: { uid: 'event-1' },
  involvedObject: { kind: 'Pod', name: 'web-7c8d9f5b6-x2k9q', uid: 'web-7c8d9f5b6-x2k9q' },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container api',
  count: 9,
  firstTimestamp: local('10:16:00'),
  lastTimestamp: local('10:29:00'),
});
