import type { TaskState } from '../../domain/runbook/tasks.ts';

/** How far a task is, in words. */
export const taskStateWords: Readonly<Record<TaskState['state'], string>> = {
  open: 'open',
  inProgress: 'in progress',
  done: 'done',
  notNeeded: 'not needed',
};
