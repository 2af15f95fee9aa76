import { isWritten } from '../../domain/runbook/state.ts';
import { cleanUpTasks, type TaskId, taskIds, type TaskState } from '../../domain/runbook/tasks.ts';
import type { ActionModel, ReminderModel, TaskModel, TasksModel } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';

/** What helps with a task, besides saying how far it is. */
const helps: Readonly<Partial<Record<TaskId, ActionModel>>> = {
  reviewDeploymentLogs: { action: 'openLogs', label: 'Open logs' },
  checkApplicationLogs: { action: 'openLogs', label: 'Open logs' },
  identifyCause: { action: 'showDiff', label: 'Show diff' },
  documentRollback: { action: 'exportReport', label: 'Export report' },
  sendReport: { action: 'exportReport', label: 'Export report' },
};

/** The runbook's tasks after a rollback, in their groups; undefined before there is one to clean up after. */
export function tasksModel(facts: PanelFacts): TasksModel | undefined {
  const { tasks, rollback } = facts.run;
  if (!isWritten(rollback) && Object.keys(tasks).length === 0) return undefined;
  const groups = Map.groupBy(taskIds, (id) => cleanUpTasks[id].group);
  return {
    settled: taskIds.filter((id) => isSettled(tasks[id])).length,
    total: taskIds.length,
    groups: [...groups].map(([title, ids]) => ({ title, tasks: ids.map((id) => taskModel(facts, id)) })),
  };
}

/** Whether nothing is left to do in it. */
export function isSettled(task: Pick<TaskState, 'state'> | undefined): boolean {
  return task?.state === 'done' || task?.state === 'notNeeded';
}

/** Until somebody says that they are held, from the rollback on: automatic deployments would bring the bad version back. */
export function reminderModel({ run, history }: PanelFacts): ReminderModel | undefined {
  const { rollback, tasks } = run;
  if (rollback === undefined || !isWritten(rollback) || isSettled(tasks.holdDeployments)) return undefined;
  const { revision, version, replicaSetUid } = rollback.from;
  const images = history.find(({ replicaSet }) => replicaSet.uid === replicaSetUid)?.replicaSet.images ?? [];
  const named = images.length === 0 ? '' : ` (${images.map(({ image }) => image).join(', ')})`;
  return {
    words: `Hold automatic deployments of ${version}${named}, revision ${revision}, until the cause is addressed.`,
    hint: 'A pipeline or a GitOps controller that deploys it again would bring the failure back.',
    actions: [
      {
        action: 'updateTask',
        target: 'holdDeployments:done',
        label: 'They are held',
        title: 'Writes down that automatic deployments of this version are held, with your name and the time',
      },
    ],
  };
}

function taskModel({ run }: PanelFacts, id: TaskId): TaskModel {
  const task = run.tasks[id];
  const { state = 'open', owner = '', note = '' } = task ?? {};
  return {
    id,
    title: cleanUpTasks[id].title,
    state,
    owner,
    note,
    ...(task === undefined ? {} : { changed: { by: task.by, at: task.at } }),
    actions: run.end?.kind === 'closed' ? [] : actionsOf(id, state),
  };
}

function actionsOf(id: TaskId, state: TaskState['state']): readonly ActionModel[] {
  const to = (next: TaskState['state'], label: string): ActionModel => ({
    action: 'updateTask',
    target: `${id}:${next}`,
    label,
  });
  const edit: ActionModel = {
    action: 'updateTask',
    target: id,
    label: 'Edit…',
    title: 'State, owner and note',
  };
  const help = helps[id] === undefined ? [] : [helps[id]];
  switch (state) {
    case 'open':
      return [to('done', 'Done'), to('inProgress', 'Begin'), edit, ...help];
    case 'inProgress':
      return [to('done', 'Done'), edit, ...help];
    case 'done':
    case 'notNeeded':
      return [to('open', 'Open again'), edit, ...help];
  }
}
