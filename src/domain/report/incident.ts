import type { ChecklistItem } from '../runbook/checklist.ts';
import type { RunEvent, RunTarget } from '../runbook/events.ts';
import { runState, type RunState } from '../runbook/state.ts';
import { runSummary, type RunStage } from '../runbook/summary.ts';
import { cleanUpTasks, type TaskId, taskIds, type TaskState } from '../runbook/tasks.ts';
import { type Milestones, milestones } from './milestones.ts';
import { type NotableEvent, notableEvents } from './notable.ts';
import { recordedChecklist } from './recorded-checklist.ts';

/** A task of the clean-up, with who has it. */
export interface ReportTask extends TaskState {
  readonly id: TaskId;
  readonly group: string;
  readonly title: string;
}

/** What a run was, from its journal alone. */
export interface Incident {
  readonly run: RunState;
  readonly stage: RunStage;
  /** Who began it first. */
  readonly people: readonly string[];
  readonly milestones: Milestones;
  readonly events: readonly NotableEvent[];
  readonly checklist: readonly ChecklistItem[];
  readonly tasks: readonly ReportTask[];
  /** RFC 3339, of the last thing that happened. */
  readonly lastAt: string;
}

/** `target` is what the run is about where its first record does not say it. */
export function incidentOf(target: RunTarget, events: readonly RunEvent[]): Incident {
  const run = runState(target, events);
  const { stage, people, lastAt } = runSummary(run, events);
  return {
    run,
    stage,
    people,
    milestones: milestones(run, events),
    events: notableEvents(events),
    checklist: recordedChecklist(run, lastAt),
    tasks: taskIds.map((id) => {
      const { state = 'open', owner = '', note = '' } = run.tasks[id] ?? {};
      return { id, ...cleanUpTasks[id], state, owner, note };
    }),
    lastAt,
  };
}

/** What somebody still has to do. */
export function openTasks({ tasks }: Incident): readonly ReportTask[] {
  return tasks.filter(({ state }) => state === 'open' || state === 'inProgress');
}
