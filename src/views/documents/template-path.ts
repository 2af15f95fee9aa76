import type { RevisionRef, RunTarget } from '../../domain/runbook/events.ts';

/**
 * The path of the document that shows a revision's template in a preview. Deployments of one name in two namespaces or
 * clusters are not one document, and neither are two revisions that carry the same number.
 */
export function templatePath(
  { context, namespace, name }: RunTarget,
  { revision, replicaSetUid }: Pick<RevisionRef, 'revision' | 'replicaSetUid'>,
): string {
  const which = replicaSetUid === '' ? 'live' : replicaSetUid;
  return `/${[context, namespace, name, which].map(encodeURIComponent).join('/')}/revision-${revision}.yaml`;
}
