import type { PodPart } from './pod-part.ts';
import type { PodProblem } from './records.ts';

/** What a running pod that is not Ready waits for: a startup probe, a readiness probe, or a readiness gate. */
export function waitingForProbe({ spec, status }: PodPart): PodProblem | undefined {
  const readiness = status?.conditions?.find(({ type }) => type === 'Ready');
  if (status?.phase !== 'Running' || readiness?.status === 'True') return undefined;
  const waiting = status.containerStatuses?.find(({ state, ready }) => Boolean(state?.running) && !ready);
  if (waiting === undefined) {
    if (readiness?.reason !== 'ReadinessGatesNotReady') return undefined;
    return {
      kind: 'notReady',
      container: undefined,
      init: false,
      detail: readiness.message ?? readiness.reason,
    };
  }
  const container = spec?.containers.find(({ name }) => name === waiting.name);
  // `started` stays false until the startup probe has passed; readiness is not asked before.
  if (container?.startupProbe && waiting.started === false) return notReady(waiting.name, 'startup probe');
  return container?.readinessProbe ? notReady(waiting.name, 'readiness probe') : undefined;
}

function notReady(container: string, probe: string): PodProblem {
  return { kind: 'notReady', container, init: false, detail: `${probe} of ${container} has not passed` };
}
