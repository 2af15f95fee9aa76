import type { DeploymentJson } from './json.ts';

/** Who wrote a Deployment's pod template last. */
export interface TemplateWriter {
  /** The name under which it writes, such as `argocd-controller` or `kubectl-edit`. */
  readonly manager: string;
  /** RFC 3339; empty where the server does not tell. */
  readonly at: string;
}

/**
 * The newest writer of spec.template by metadata.managedFields, where the API server notes who wrote which fields (Kubernetes,
 * "Server-Side Apply"); undefined where it tells none.
 */
export function templateWriter({ metadata }: DeploymentJson): TemplateWriter | undefined {
  return (metadata?.managedFields ?? [])
    .filter(({ fieldsV1, subresource }) => !subresource && hasTemplate(fieldsV1))
    .map(({ manager = '', time = '' }) => ({ manager, at: time }))
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))[0];
}

function hasTemplate(fields: unknown): boolean {
  return child(child(fields, 'f:spec'), 'f:template') !== undefined;
}

function child(fields: unknown, name: string): unknown {
  if (typeof fields !== 'object' || fields === null) return undefined;
  return new Map(Object.entries(fields)).get(name);
}
