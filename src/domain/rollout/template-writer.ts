import type { DeploymentJson } from './json.ts';

/** Who wrote a Deployment's pod template last. */
export interface TemplateWriter {
  /** The names under which they write, such as `argocd-controller` or `kubectl-edit`: several where they did in one second. */
  readonly managers: readonly string[];
  /** RFC 3339; empty where the server does not tell. */
  readonly at: string;
}

/**
 * The newest writer of spec.template by metadata.managedFields, where the API server notes who wrote which fields (Kubernetes,
 * "Server-Side Apply"); undefined where it tells none.
 */
export function templateWriter({ metadata }: DeploymentJson): TemplateWriter | undefined {
  const writers = (metadata?.managedFields ?? [])
    .filter(({ fieldsV1, subresource }) => !subresource && hasTemplate(fieldsV1))
    .map(({ manager = '', time = '' }) => ({ manager, at: time }));
  const at = writers
    .map((writer) => writer.at)
    .toSorted()
    .at(-1);
  if (at === undefined) return undefined;
  // The server notes whole seconds: of two in one nobody knows the later.
  const newest = writers.filter((writer) => writer.at === at).map(({ manager }) => manager);
  return { managers: [...new Set(newest)], at };
}

function hasTemplate(fields: unknown): boolean {
  return child(child(fields, 'f:spec'), 'f:template') !== undefined;
}

function child(fields: unknown, name: string): unknown {
  if (typeof fields !== 'object' || fields === null) return undefined;
  return new Map(Object.entries(fields)).get(name);
}
