import type { LogScope } from '../domain/logs/line.ts';
import type { CapturedSource } from './log-capture-index.ts';

/**
 * The captured logs that belong to a scope: those of pods that are gone, since of the others the live log tells. `present` has the
 * uids of the pods that are there; `previous` asks for the runs before alone.
 */
export function capturedInScope(
  sources: readonly CapturedSource[],
  scope: LogScope,
  present: ReadonlySet<string>,
  previous: boolean,
): readonly CapturedSource[] {
  return sources.filter(
    (source) => !present.has(source.podUid) && isInScope(source, scope) && (source.previous || !previous),
  );
}

function isInScope(source: CapturedSource, scope: LogScope): boolean {
  switch (scope.kind) {
    case 'deployment':
      return true;
    case 'revision':
      return source.replicaSetUid === scope.replicaSetUid;
    case 'pod':
      return source.podUid === scope.podUid && (scope.container ?? source.container) === source.container;
  }
}
