import type { ApiWriter } from './api-server.ts';
import { jsonBody } from './http/json-body.ts';

/** Where access reviews are made: they store nothing. */
export const accessReviewPath = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** One thing that a user must be allowed to do in a namespace, or in the cluster where the resource has none. */
export interface Permission {
  readonly verb: 'get' | 'list' | 'watch' | 'patch' | 'create';
  readonly group: '' | 'apps' | 'events.k8s.io' | 'coordination.k8s.io' | 'metrics.k8s.io';
  readonly resource: string;
  readonly subresource?: string;
  /** Of this object alone: a Role may name objects. */
  readonly name?: string;
  /** True for a resource without namespace, such as nodes. */
  readonly clusterWide?: boolean;
}

export interface PermissionAnswer<Asked extends Permission = Permission> {
  readonly permission: Asked;
  readonly allowed: boolean;
  /** Why, in the authorizer's words; often empty. */
  readonly reason: string;
}

/** What rolling back and verifying asks for. */
export const rollbackPermissions: readonly Permission[] = [
  { verb: 'get', group: 'apps', resource: 'deployments' },
  { verb: 'patch', group: 'apps', resource: 'deployments' },
  { verb: 'list', group: 'apps', resource: 'replicasets' },
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'get', group: '', resource: 'pods', subresource: 'log' },
];

/** `patch deployments.apps`, as `kubectl auth can-i` spells it. */
export function permissionWords({ verb, group, resource, subresource }: Permission): string {
  return `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;
}

/** Asks the API server for each permission with a SelfSubjectAccessReview, all at once. Throws ApiError. */
export async function reviewPermissions<Asked extends Permission>(
  writer: ApiWriter,
  namespace: string,
  permissions: readonly Asked[],
  signal?: AbortSignal,
): Promise<readonly PermissionAnswer<Asked>[]> {
  return Promise.all(
    permissions.map(async (permission) => {
      const { verb, group, resource, subresource, name, clusterWide = false } = permission;
      const where = clusterWide ? {} : { namespace };
      const body = await writer.send(
        {
          method: 'POST',
          path: accessReviewPath,
          contentType: 'application/json',
          body: JSON.stringify({
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectAccessReview',
            spec: { resourceAttributes: { ...where, verb, group, resource, subresource, name } },
          }),
        },
        signal === undefined ? {} : { signal },
      );
      const { status } = jsonBody<{ status?: { allowed?: boolean; reason?: string } }>(body);
      return { permission, allowed: status?.allowed === true, reason: status?.reason ?? '' };
    }),
  );
}
