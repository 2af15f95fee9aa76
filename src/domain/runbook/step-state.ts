import type { CheckResult, StepMemory } from './checks.ts';
import type { RunEvent } from './events.ts';
import type { StepId } from './steps.ts';

/** A step that looks, from its first start on. Times are RFC 3339. */
export interface StepState {
  /** `unfinished`: it was running when the run ended or was handed over. */
  readonly state: 'running' | 'ended' | 'skipped' | 'unfinished';
  /** Of the last attempt. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly attempts: number;
  /** While it runs, and where it was not finished: what it has seen so far. */
  readonly result?: CheckResult;
  readonly skipped?: { readonly by: string; readonly reason: string };
}

export type StepStates = Readonly<Partial<Record<StepId, StepState>>>;
export type StepMemories = Readonly<Partial<Record<StepId, StepMemory>>>;

type StepEvent = Extract<RunEvent, { readonly step: StepId }>;

/** The steps after one more event of one of them. */
export function nextSteps(steps: StepStates, event: StepEvent): StepStates {
  const { step, at } = event;
  const before = steps[step];
  const startedAt = before?.startedAt ?? at;
  const attempts = before?.attempts ?? 0;
  switch (event.kind) {
    case 'stepStarted':
      return { ...steps, [step]: { state: 'running', startedAt: at, attempts: attempts + 1 } };
    case 'stepSeen':
      // A look that ended meanwhile is not begun again by what it still had to say.
      if (before?.state !== 'running') return steps;
      return { ...steps, [step]: { ...before, result: event.result } };
    case 'stepEnded':
      return { ...steps, [step]: { state: 'ended', startedAt, endedAt: at, attempts, result: event.result } };
    case 'stepStopped':
      // A step that was stopped has found nothing: it is as if it had not been asked.
      if (before?.state !== 'running') return steps;
      return Object.fromEntries(Object.entries(steps).filter(([id]) => id !== step));
    case 'stepSkipped': {
      const { by, reason } = event;
      return {
        ...steps,
        [step]: { state: 'skipped', startedAt, endedAt: at, attempts, skipped: { by, reason } },
      };
    }
  }
}

export function nextMemories(memories: StepMemories, event: StepEvent): StepMemories {
  const memory = 'result' in event ? event.result.memory : undefined;
  return memory === undefined ? memories : { ...memories, [event.step]: memory };
}

/** The steps when nothing goes on any more: what still ran is not finished. `at` is RFC 3339. */
export function cutOff(steps: StepStates, at: string): StepStates {
  return each(steps, (step) =>
    step.state === 'running' ? { ...step, state: 'unfinished', endedAt: at } : step,
  );
}

/** The steps where somebody goes on: what was not finished is as if a window had been closed over it. */
export function goneOnWith(steps: StepStates): StepStates {
  return each(steps, (step) => {
    if (step.state !== 'unfinished') return step;
    const { endedAt: _cutOffAt, ...rest } = step;
    return { ...rest, state: 'running' };
  });
}

function each(steps: StepStates, change: (step: StepState) => StepState): StepStates {
  return Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, change(step)]));
}
