import type { NamespaceSource } from '../../../src/cluster/store/namespaces.ts';

/** Namespaces that are named, in a cluster whose own may not be listed. */
export function namedOnly(...named: readonly string[]): NamespaceSource {
  return { named, find: async () => undefined };
}
