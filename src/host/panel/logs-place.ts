import type { RunTarget } from '../../domain/runbook/events.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';

/** What a Logs editor shows: the logs of one deployment in one area or two. */
export interface LogsPlace {
  readonly target: RunTarget;
  readonly areas: readonly ShownScope[];
}

/** The title of the editor's tab. */
export function logsTitle({ target, areas }: LogsPlace): string {
  const [first, second] = areas;
  const isPart = first !== undefined && second === undefined && first.scope.kind !== 'deployment';
  return isPart ? `Logs: ${first.words} of ${target.name}` : `Logs: ${target.name}`;
}
