import type { DeploymentJson } from './json.ts';

/**
 * Whether a rollout may end a pod before a new one is available: always where it recreates, else where maxUnavailable leaves
 * at least one, rounded down, or where maxSurge is 0 (deployment/util: ResolveFenceposts).
 */
export function mayEndFirst({ spec }: DeploymentJson): boolean {
  if (spec?.strategy?.type === 'Recreate') return true;
  const desired = spec?.replicas ?? 1;
  const { maxUnavailable = '25%', maxSurge = '25%' } = spec?.strategy?.rollingUpdate ?? {};
  return countOf(maxUnavailable, desired, Math.floor) > 0 || countOf(maxSurge, desired, Math.ceil) === 0;
}

function countOf(value: unknown, desired: number, round: (count: number) => number): number {
  const text = String(value);
  return text.endsWith('%') ? round((Number.parseInt(text, 10) * desired) / 100) : Number(text);
}
