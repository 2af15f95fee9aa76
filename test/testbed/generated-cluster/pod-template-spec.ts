import { hole } from './template.ts';

/** What is deployed: few kinds of applications, as in a real cluster, each many times. */
export interface Application {
  readonly name: string;
  readonly sidecar: boolean;
  readonly variables: number;
}

export const applications: readonly Application[] = [
  { name: 'checkout', sidecar: false, variables: 4 },
  { name: 'payments', sidecar: true, variables: 3 },
  { name: 'catalog', sidecar: false, variables: 3 },
  { name: 'search', sidecar: true, variables: 2 },
];

export function nameOf({ name }: Application): string {
  return `${name}-${hole.deployment}`;
}

/** Ten letters and digits in real clusters; here the ReplicaSet's number. */
export const templateHash = `7d4b${hole.replicaSet}`;

export function imageOf({ name }: Application, revision: number): string {
  return `registry.example.com/shop/${name}:v1.${revision}.0`;
}

export function labelsOf(application: Application): Readonly<Record<string, string>> {
  return {
    app: nameOf(application),
    'app.kubernetes.io/name': application.name,
    'app.kubernetes.io/part-of': 'shop',
    team: `team-${hole.namespace}`,
  };
}

/** A pod template's spec, with the API server's defaults filled in. */
export function podTemplateSpec(
  application: Application,
  revision: number,
): Readonly<Record<string, unknown>> {
  const server = {
    name: 'server',
    image: imageOf(application, revision),
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: Array.from({ length: application.variables }, (_, index) => ({
      name: `SETTING_${index}`,
      value: `https://settings.example.com/${application.name}/${index}`,
    })),
    resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    volumeMounts: [{ name: 'config', readOnly: true, mountPath: '/etc/app' }],
    readinessProbe: {
      httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
  const proxy = {
    name: 'proxy',
    image: 'registry.example.com/mesh/proxy:v2.4.1',
    args: ['--admin-port', '15000', '--log-level', 'warning'],
    resources: { requests: { cpu: '10m', memory: '64Mi' } },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
  return {
    volumes: [{ name: 'config', configMap: { name: nameOf(application), defaultMode: 420 } }],
    containers: application.sidecar ? [server, proxy] : [server],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: application.name,
    serviceAccount: application.name,
    securityContext: {},
    schedulerName: 'default-scheduler',
  };
}
