import type { Cluster } from '../testbed/cluster/cluster.ts';
import { eventually } from '../testbed/eventually.ts';

/** What a user is asked about: `resource` without its group. */
export interface Permission {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Missing for all namespaces. */
  readonly namespace?: string;
}

/** Lets a user do `verbs` (`get,list`) with `resources` (`pods,deployments.apps`) in a namespace, by a Role of their name. */
export async function grantRole(
  cluster: Cluster,
  namespace: string,
  user: string,
  verbs: string,
  resources: string,
): Promise<void> {
  const role = ['create', 'role', user, `--verb=${verbs}`, `--resource=${resources}`, '-n', namespace];
  await cluster.kubectl(role);
  await cluster.kubectl(['create', 'rolebinding', user, '--role', user, '--user', user, '-n', namespace]);
  const [verb = ''] = verbs.split(',');
  const [resource = '', ...group] = (resources.split(',')[0] ?? '').split('.');
  await untilAllowed(cluster, user, { verb, group: group.join('.'), resource, namespace });
}

/** The API server learns of a new role a moment after it is stored. */
export async function untilAllowed(cluster: Cluster, user: string, permission: Permission): Promise<void> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user, resourceAttributes: permission },
  };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  await eventually(`${user} to be allowed`, async () => {
    const { body } = await cluster.client.request('POST', path, review);
    return JSON.parse(body).status.allowed === true;
  });
}
