/** The namespace of the demo, as in the runbook. */
export const DEMO_NAMESPACE = 'veza-production';

/** One released version of a deployment. */
export interface Release {
  readonly tag: string;
  readonly changeCause: string;
  /** Environment that came with this version. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface DemoDeployment {
  readonly name: string;
  readonly container: string;
  readonly image: string;
  readonly replicas: number;
  readonly port: number;
  readonly logFormat: 'plain' | 'ansi' | 'json';
  readonly maxUnavailable: string;
  readonly resources: object;
  /** Time that a pod which is well takes to become Ready, as a duration. */
  readonly readyAfter?: string;
  readonly usage: { readonly cpu: string; readonly memory: string };
  /** Oldest first; the last is the one that is out now. */
  readonly releases: readonly Release[];
}

export const BACKEND_API: DemoDeployment = {
  name: 'veza-backend-api',
  container: 'api',
  image: 'ghcr.io/veza/backend-api',
  replicas: 3,
  port: 8080,
  logFormat: 'ansi',
  maxUnavailable: '100%',
  resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
  usage: { cpu: '180m', memory: '212Mi' },
  readyAfter: '4s',
  releases: [
    { tag: 'v2.2.0', changeCause: 'Release v2.2.0: playlists can be shared' },
    {
      tag: 'v2.3.0',
      changeCause: 'Release v2.3.0: search in tracks',
      env: { SEARCH_URL: 'http://search:9200' },
    },
    {
      tag: 'v2.3.1',
      changeCause: 'Release v2.3.1: fewer queries per search',
      env: { SEARCH_URL: 'http://search:9200' },
    },
    {
      tag: 'v2.4.0-crash',
      changeCause: 'Release v2.4.0: tracks in a new table',
      env: { SEARCH_URL: 'http://search:9200', TRACKS_TABLE: 'tracks_v2' },
    },
  ],
};

const FRONTEND: DemoDeployment = {
  name: 'veza-frontend',
  container: 'web',
  image: 'ghcr.io/veza/frontend',
  replicas: 3,
  port: 3000,
  logFormat: 'plain',
  maxUnavailable: '25%',
  resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  usage: { cpu: '22m', memory: '58Mi' },
  releases: [
    { tag: 'v5.10.2', changeCause: 'Release v5.10.2: dark player' },
    { tag: 'v5.11.0', changeCause: 'Release v5.11.0: keyboard shortcuts' },
  ],
};

const CHAT_SERVER: DemoDeployment = {
  name: 'veza-chat-server',
  container: 'chat',
  image: 'ghcr.io/veza/chat-server',
  replicas: 2,
  port: 8081,
  logFormat: 'json',
  maxUnavailable: '25%',
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  usage: { cpu: '41m', memory: '96Mi' },
  releases: [{ tag: 'v1.8.4', changeCause: 'Release v1.8.4: presence over one connection' }],
};

export const DEMO_DEPLOYMENTS: readonly DemoDeployment[] = [BACKEND_API, FRONTEND, CHAT_SERVER];

/** What the deployments take their settings from. */
export function configMap(deployment: DemoDeployment): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${deployment.name}-config`, namespace: DEMO_NAMESPACE },
    data: { LOG_LEVEL: 'info', DATABASE_HOST: 'db', DATABASE_POOL_SIZE: '20' },
  };
}

/** The Deployment at one of its releases, as its people keep it in their repository. */
export function deployment(demo: DemoDeployment, release: Release): object {
  const labels = { app: demo.name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: demo.name,
      namespace: DEMO_NAMESPACE,
      labels: { ...labels, 'app.kubernetes.io/part-of': 'veza' },
      annotations: { 'kubernetes.io/change-cause': release.changeCause },
    },
    spec: {
      replicas: demo.replicas,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 60,
      selector: { matchLabels: labels },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: demo.maxUnavailable, maxSurge: '25%' },
      },
      template: {
        metadata: { labels, annotations: annotations(demo) },
        spec: { containers: [container(demo, release)], terminationGracePeriodSeconds: 10 },
      },
    },
  };
}

function annotations(demo: DemoDeployment): Record<string, string> {
  return {
    'testbed/log-format': demo.logFormat,
    ...(demo.readyAfter === undefined ? {} : { 'testbed/ready-after': demo.readyAfter }),
    'kwok.x-k8s.io/usage-cpu': demo.usage.cpu,
    'kwok.x-k8s.io/usage-memory': demo.usage.memory,
  };
}

function container(demo: DemoDeployment, release: Release): object {
  const env = { PORT: String(demo.port), ...release.env };
  return {
    name: demo.container,
    image: `${demo.image}:${release.tag}`,
    ports: [{ name: 'http', containerPort: demo.port }],
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    envFrom: [{ configMapRef: { name: `${demo.name}-config` } }],
    resources: demo.resources,
    readinessProbe: { httpGet: { path: '/health', port: 'http' }, periodSeconds: 5 },
    livenessProbe: { httpGet: { path: '/health', port: 'http' }, initialDelaySeconds: 10 },
  };
}
