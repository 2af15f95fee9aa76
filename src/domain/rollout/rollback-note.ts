import { changeCauseAnnotation } from './annotations.ts';
import { type JsonPatchOperation, pointer } from './json-patch.ts';
import type { DeploymentJson } from './json.ts';

/** Longest note, in characters: `kubectl rollout history` shows it on one line. */
export const longestNote = 200;

const noted = / \(rollback to (\d+)(?:: (.*))?\)$/s;

/**
 * The change-cause of a revision that is put back with a note: `health checks failed (rollback to 7: release 2.3.1)`. A note
 * of an earlier rollback to it gives way to this one; the cause of the release itself stays.
 */
export function causeWithNote(note: string, toRevision: number, cause: string | undefined): string {
  const original = cause !== undefined && noted.test(cause) ? noted.exec(cause)?.[2] : cause;
  const of = original === undefined ? '' : `: ${original}`;
  return `${note.replaceAll(/\s+/g, ' ').trim()} (rollback to ${toRevision}${of})`;
}

/** The patch of an undo with this change-cause in place of the target's. */
export function withChangeCause(
  patch: readonly JsonPatchOperation[],
  deployment: DeploymentJson,
  cause: string,
): readonly JsonPatchOperation[] {
  const path = pointer('metadata', 'annotations', changeCauseAnnotation);
  const others = patch.filter((operation) => operation.path !== path);
  const there =
    deployment.metadata?.annotations !== undefined ||
    others.some((operation) => operation.path === '/metadata/annotations');
  return [
    ...others,
    ...(there ? [] : [{ op: 'add', path: '/metadata/annotations', value: {} } as const]),
    { op: 'add', path, value: cause },
  ];
}
