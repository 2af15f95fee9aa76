import * as vscode from 'vscode';
import { cleanUpTasks, type TaskId, taskIds, type TaskState } from '../../domain/runbook/tasks.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import { isOver } from '../../domain/runbook/summary.ts';
import { taskStateWords } from '../../views/panel/task-words.ts';
import type { Command } from './command.ts';
import { pickFrom } from '../pick-from.ts';
import { runInHand } from './run-in-hand.ts';

type State = TaskState['state'];
const states = Object.keys(taskStateWords) as readonly State[];

/**
 * Writes down how far a task of the clean-up is: its state, its owner, a note. `further` names the task (`sendReport`), or the task
 * and its new state (`sendReport:done`), which asks for nothing more than a reason where it is not needed.
 */
export const updateTask: Command = {
  id: 'updateTask',
  doing: 'Update the task',
  async run(surroundings, argument, further) {
    const title = 'Update Clean-up Task';
    const runbook = await runInHand(
      surroundings,
      argument,
      title,
      (summary) =>
        summary.stage !== 'closed' &&
        summary.stage !== 'handedOver' &&
        !isOver(summary, Date.now() - Date.parse(summary.lastAt)),
    );
    if (runbook === undefined) return;
    const [named, asked] = typeof further === 'string' ? further.split(':') : [];
    const { state: run } = runbook.run;
    const task = taskIds.find((id) => id === named) ?? (await pickTask(run, title));
    if (task === undefined) return;
    const before = run.tasks[task] ?? { state: 'open', owner: '', note: '' };
    const { by } = surroundings.runbooks.hand;
    const direct = states.find((state) => state === asked);
    const after =
      direct === undefined
        ? await askAll(task, before, by)
        : { ...before, state: direct, owner: before.owner === '' && direct !== 'open' ? by : before.owner };
    if (after !== undefined) await runbook.changeTask(task, after);
  },
};

async function pickTask({ tasks }: RunState, title: string): Promise<TaskId | undefined> {
  const items = taskIds.map((id) => {
    const { state = 'open', owner = '', note = '' } = tasks[id] ?? {};
    return {
      label: cleanUpTasks[id].title,
      description: [cleanUpTasks[id].group, taskStateWords[state], owner]
        .filter((word) => word !== '')
        .join(' · '),
      detail: note,
      id,
    };
  });
  return (
    await pickFrom(items, {
      title,
      placeHolder: 'Which task?',
      matchOnDescription: true,
      matchOnDetail: true,
    })
  )?.id;
}

/** State, owner and note, one after the other; undefined where the person dismisses one of them. */
async function askAll(task: TaskId, before: TaskState, by: string): Promise<TaskState | undefined> {
  const { title } = cleanUpTasks[task];
  const state = await pickState(title, before.state);
  if (state === undefined) return undefined;
  const owner = await vscode.window.showInputBox({
    title: `${title}: owner`,
    prompt: 'Who is to do it? Empty for nobody as yet.',
    placeHolder: 'e.g. jane, or the platform team',
    value: before.owner === '' ? by : before.owner,
    ignoreFocusOut: true,
  });
  if (owner === undefined) return undefined;
  const note = await vscode.window.showInputBox({
    title: `${title}: note`,
    prompt: state === 'notNeeded' ? 'Why is it not needed?' : 'What is to be known of it? It may stay empty.',
    value: before.note,
    placeHolder: 'e.g. Thursday at 10, all teams are invited',
    ignoreFocusOut: true,
    validateInput: (text) =>
      state === 'notNeeded' && text.trim() === '' ? 'A reason is needed.' : undefined,
  });
  return note === undefined ? undefined : { state, owner: owner.trim(), note: note.trim() };
}

async function pickState(title: string, now: State): Promise<State | undefined> {
  const items = states.map((state) => ({
    label: taskStateWords[state],
    description: state === now ? 'as it is now' : '',
    state,
  }));
  return (await pickFrom(items, { title, placeHolder: 'How far is it?' }))?.state;
}
