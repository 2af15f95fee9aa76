import * as vscode from 'vscode';
import type { SmokeEnd } from '../../domain/runbook/smoke-test.ts';
import type { Clock, Ending } from '../../ports/clock.ts';

/** A task that has no process yet is not terminated by the first word: it is said again so often, in ms. */
const terminateEveryMs = 500;
/** A task that tells no end after it was terminated is waited for no longer than this, in ms. */
const giveUpAfterMs = 10_000;
/** How long after a task's end its exit code may still come, in ms. */
const lateExitCodeMs = 1_000;

/** Runs the task of this label of the workspace to its end; it is terminated where `signal` aborts. */
export async function runTask(
  label: string,
  clock: Clock,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<SmokeEnd> {
  const tasks = (await vscode.tasks.fetchTasks()).filter((task) => isNamed(task, label));
  const [task] = tasks;
  if (task === undefined)
    return { kind: 'notStarted', message: `the workspace has no task of the name ${label}.` };
  if (tasks.length > 1)
    return { kind: 'notStarted', message: `the workspace has ${tasks.length} tasks of the name ${label}.` };
  if (task.isBackground)
    return { kind: 'notStarted', message: `the task ${label} is a background task, which does not end.` };
  if (signal.aborted) return { kind: 'notStarted', message: 'it was stopped before.' };
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  let execution: vscode.TaskExecution | undefined;
  let printed = false;
  // A short task may end before we are given its execution.
  const isOurs = (other: vscode.TaskExecution) =>
    execution === undefined ? isNamed(other.task, label) : other === execution;
  const endings = [
    vscode.window.onDidStartTerminalShellExecution((shell) => {
      if (!isTerminalOf(shell.terminal, task)) return;
      printed = true;
      void readAll(shell.execution.read(), print);
    }),
    vscode.tasks.onDidEndTaskProcess((end) => {
      if (isOurs(end.execution)) resolve(end.exitCode);
    }),
    vscode.tasks.onDidEndTask((end) => {
      // A task without a process, such as one that only depends on others, has no exit code.
      if (isOurs(end.execution)) clock.after(lateExitCodeMs, () => resolve(undefined));
    }),
  ];
  let stopping: Ending | undefined;
  let stoppedAt: number | undefined;
  const stop = () => {
    execution?.terminate();
    stoppedAt ??= clock.now();
    if (clock.now() - stoppedAt > giveUpAfterMs) return resolve(undefined);
    stopping = clock.after(terminateEveryMs, stop);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    execution = await vscode.tasks.executeTask(task);
    const exitCode = await promise;
    const note = printed ? {} : { note: `What it printed stands in the terminal of the task ${label}.` };
    return { kind: 'exited', exitCode, ...note };
  } finally {
    signal.removeEventListener('abort', stop);
    stopping?.dispose();
    for (const ending of endings) ending.dispose();
  }
}

/** As `Run Task` lists it: tasks of an extension have the name of their kind before it. */
function isNamed({ name, source }: vscode.Task, label: string): boolean {
  return name === label || `${source}: ${name}` === label;
}

function isTerminalOf({ name }: vscode.Terminal, task: vscode.Task): boolean {
  return name === task.name || name === `${task.source}: ${task.name}` || name === `Task - ${task.name}`;
}

async function readAll(pieces: AsyncIterable<string>, print: (text: string) => void): Promise<void> {
  for await (const piece of pieces) print(piece);
}
