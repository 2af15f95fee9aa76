import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

import type { AuditEntry } from '../testbed/cluster/audit.ts';
import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';
import { untilAllowed } from './grant-role.ts';
import { deploymentOf } from './testbed/workloads.ts';

const folder = join(import.meta.dirname, '../../docs/rbac');

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

export function manifestText(file: string): Promise<string> {
  return readFile(join(folder, file), 'utf8');
}

/** What a manifest of `docs/rbac` grants: `watch deployments.apps`, `get pods/log`, sorted. */
export async function granted(file: string): Promise<readonly string[]> {
  const { rules }: Manifest = parse(await manifestText(file));
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${qualified(resource, group)}`)),
      ),
    )
    .toSorted();
}

/** What `docs/rbac/README.md` says of each permission: the rows of its table, as `granted` spells them, sorted. */
export async function documented(): Promise<readonly string[]> {
  const rows = (await manifestText('README.md')).matchAll(/^\| (`[^|]*`) +\| `([^|`]*)` +\|/gm);
  return [...rows]
    .flatMap(([, resources = '', verbs = '']) =>
      [...resources.matchAll(/`([^`]*)`/g)].flatMap(([, resource = '']) =>
        verbs.split(', ').map((verb) => `${verb} ${resource}`),
      ),
    )
    .toSorted();
}

/** What the extension asked for as a user, `where` tells; each once, sorted. */
export function asked(
  entries: readonly AuditEntry[],
  user: string,
  where: (entry: AuditEntry) => boolean,
): readonly string[] {
  const own = entries.filter((entry) => entry.user === user && where(entry));
  const words = own.map(({ verb, resource, subresource, apiGroup, requestURI }) =>
    resource === ''
      ? `${verb} ${requestURI}`
      : `${verb} ${qualified(subresource === '' ? resource : `${resource}/${subresource}`, apiGroup)}`,
  );
  return [...new Set(words)].toSorted();
}

function qualified(resource: string, group: string): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** Grants a manifest of `docs/rbac` to a user, as a person would; a ClusterRole in the whole cluster. */
export async function grant(cluster: Cluster, file: string, user: string, namespace: string): Promise<void> {
  const text = await manifestText(file);
  const { kind, metadata, rules }: Manifest = parse(text);
  await cluster.kubectl(['apply', '-n', namespace, '-f', '-'], text);
  const binding =
    kind === 'Role'
      ? ['rolebinding', user, '--role', metadata.name, '-n', namespace]
      : ['clusterrolebinding', user, '--clusterrole', metadata.name];
  await cluster.kubectl(['create', ...binding, '--user', user]);
  const {
    verbs: [verb = ''] = [],
    apiGroups: [group = ''] = [],
    resources: [resource = ''] = [],
  } = rules.at(-1) ?? {};
  const permission = { verb, group, resource };
  await untilAllowed(cluster, user, kind === 'Role' ? { ...permission, namespace } : permission);
}

/** Makes Argo Rollouts known to the cluster, without a controller for them. */
export async function serveArgoRollouts(cluster: Cluster): Promise<void> {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  await cluster.apply([
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'rollouts.argoproj.io' },
      spec: {
        group: 'argoproj.io',
        scope: 'Namespaced',
        names: { plural: 'rollouts', singular: 'rollout', kind: 'Rollout' },
        versions: [{ name: 'v1alpha1', served: true, storage: true, schema }],
      },
    },
  ]);
  const established = ['--for=condition=Established', 'crd/rollouts.argoproj.io', '--timeout=30s'];
  await cluster.kubectl(['wait', ...established]);
  await eventually('its discovery', async () => {
    const { status } = await cluster.client.request('GET', '/apis/argoproj.io/v1alpha1');
    return status === 200;
  });
}

/** A StatefulSet, a DaemonSet and an Argo Rollout, each with pods of its own but the last. */
export async function otherWorkloads(cluster: Cluster, namespace: string): Promise<void> {
  const like = deploymentOf(namespace, 'x', 'x:1');
  const labels = (app: string) => ({ metadata: { labels: { app } } });
  const spec = (app: string) => ({
    selector: { matchLabels: { app } },
    template: { ...labels(app), spec: { containers: [{ name: 'app', image: `${app}:1` }] } },
  });
  const made = (kind: string, name: string, more: object, apiVersion = 'apps/v1') => ({
    ...like,
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: { ...spec(name), ...more },
  });
  await cluster.apply([
    made('StatefulSet', 'db', { replicas: 2, serviceName: 'db' }),
    made('DaemonSet', 'agent', {}),
    {
      ...made('Rollout', 'canary', { replicas: 2 }, 'argoproj.io/v1alpha1'),
      status: { phase: 'Paused', message: 'CanaryPauseStep', observedGeneration: '1', readyReplicas: 2 },
    },
  ]);
}
