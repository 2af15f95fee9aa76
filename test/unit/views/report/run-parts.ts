import type { CheckResult, Seen } from '../../../../src/domain/runbook/checks.ts';
import type { RunEvent, RunTarget } from '../../../../src/domain/runbook/events.ts';
import type { StepId } from '../../../../src/domain/runbook/steps.ts';

export const target: RunTarget = {
  context: 'veza-production-eu',
  namespace: 'veza-production',
  name: 'veza-backend-api',
};

/** Ms since the epoch of the beginning: 03:00 UTC, in the night. */
export const begun = Date.UTC(2026, 4, 9, 3);

/** RFC 3339, so many seconds after the run was opened. */
export function at(seconds: number): string {
  return new Date(begun + seconds * 1000).toISOString();
}

const tones: Readonly<Record<CheckResult['state'], Seen['tone']>> = {
  running: 'plain',
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  notConfigured: 'plain',
};

/** A step that is carried out between two moments; what it found, a line each. */
export function step(
  id: StepId,
  start: number,
  end: number,
  result: Omit<CheckResult, 'evidence'>,
  ...lines: string[]
) {
  // The step that confirms the issue has found what fails.
  const tone = id === 'issue' ? 'failed' : tones[result.state];
  const evidence = lines.map((text): Seen => ({ text, tone, at: at(end) }));
  return [
    { at: at(start), kind: 'stepStarted', step: id },
    { at: at(end), kind: 'stepEnded', step: id, result: { ...result, evidence } },
  ] satisfies RunEvent[];
}
