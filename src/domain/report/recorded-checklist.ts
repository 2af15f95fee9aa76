import { type ChecklistItem, checklist, type Present } from '../runbook/checklist.ts';
import type { CheckResult } from '../runbook/checks.ts';
import type { PodsReadiness } from '../runbook/pods-ready.ts';
import type { RunState } from '../runbook/state.ts';

/**
 * The checklist as a run's journal has it, without a look at the cluster: what was written down of an item when it changed last
 * counts, its evidence is what the steps and people left. `at`: RFC 3339, of the last thing that happened.
 */
export function recordedChecklist(run: RunState, at: string): readonly ChecklistItem[] {
  const looked = run.steps.podsReady?.result;
  const present: Present = {
    at,
    pods: recordedPods(looked),
    previous: run.rollback?.to,
    health: undefined,
    critical: undefined,
  };
  return checklist(run, present, (id, answer) => {
    const evidence = id === 'pods' ? (looked?.evidence ?? answer.evidence) : answer.evidence;
    const seen = run.items[id];
    if (seen === undefined && id === 'pods' && looked === undefined) return { ...answer, state: 'pending' };
    if (seen === undefined) return { ...answer, evidence };
    // Somebody answered for it: what was seen of it then is not written down.
    if (seen.state === 'overridden') return { ...answer, state: 'pending', summary: '', evidence };
    return { ...answer, state: seen.state, summary: seen.summary, evidence };
  });
}

/** Pods are seen in the cluster alone: what the last look at them found. */
function recordedPods(result: CheckResult | undefined): PodsReadiness {
  return {
    ready: result?.state === 'ok',
    failing: result?.state === 'failed',
    summary: result?.summary ?? 'not recorded',
    details: [],
  };
}
