import type { ApiWriter } from './api-server.ts';
import { jsonBody } from './http/json-body.ts';

/** Where access reviews are made: they store nothing. */
export const accessReviewPath = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** One thing that a user must be allowed to do in a namespace. */
export interface Permission {
  readonly verb: 'get' | 'list' | 'watch' | 'patch' | 'create';
  readonly group: '' | 'apps' | 'events.k8s.io' | 'coordination.k8s.io';
  readonly resource: string;
  readonly subresource?: string;
}

export interface PermissionAnswer {
  readonly permission: Permission;
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
export async function reviewPermissions(
  writer: ApiWriter,
  namespace: string,
  permissions: readonly Permission[],
  signal?: AbortSignal,
): Promise<readonly PermissionAnswer[]> {
  return Promise.all(
    permissions.map(async (permission) => {
      const { verb, group, resource, subresource } = permission;
      const body = await writer.send(
        {
          method: 'POST',
          path: accessReviewPath,
          contentType: 'application/json',
          body: JSON.stringify({
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectAccessReview',
            spec: { resourceAttributes: { namespace, verb, group, resource, subresource } },
          }),
        },
        signal === undefined ? {} : { signal },
      );
      const { status } = jsonBody<{ status?: { allowed?: boolean; reason?: string } }>(body);
      return { permission, allowed: status?.allowed === true, reason: status?.reason ?? '' };
    }),
  );
}
