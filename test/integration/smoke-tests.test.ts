import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PrintedLines } from '../../src/domain/runbook/printed-lines.ts';
import type { SmokeEnd } from '../../src/domain/runbook/smoke-test.ts';
import { workspaceTests } from '../../src/host/smoke-tests/workspace-tests.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { eventually } from '../testbed/eventually.ts';

const target = { context: 'demo', namespace: 'shop', name: 'api' };
const timeoutMs = 20_000;

const tasks = {
  version: '2.0.0',
  tasks: [
    { label: 'smoke', type: 'shell', command: 'echo three tests ran; exit 3' },
    { label: 'slow', type: 'shell', command: 'echo begun; sleep 60' },
    { label: 'server', type: 'shell', command: 'true', isBackground: true, problemMatcher: [] },
  ],
};

describe('a smoke test in the workspace', () => {
  const tests = workspaceTests(realClock);
  let printed: PrintedLines;

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'tasks.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(tasks)));
    await eventually(
      'the tasks of the workspace',
      async () => (await vscode.tasks.fetchTasks()).some(({ name }) => name === 'smoke'),
      { limit: 15_000 },
    );
  });

  beforeEach(() => (printed = new PrintedLines()));

  function task(label: string, signal = new AbortController().signal): Promise<SmokeEnd> {
    return tests.run({ kind: 'task', task: label, timeoutMs }, target, (text) => printed.add(text), signal);
  }

  it('runs a task in its terminal and tells its exit code, and what it printed or where that stands', async () => {
    const end = await task('smoke');
    assert.ok(end.kind === 'exited', JSON.stringify(end));
    assert.equal(end.exitCode, 3);
    if (end.note === undefined) assert.match(printed.last, /three tests ran/);
    else assert.equal(end.note, 'What it printed stands in the terminal of the task smoke.');
  });

  it('terminates the task when it is stopped', async () => {
    const stop = new AbortController();
    const running = task('slow', stop.signal);
    const isRunning = () => vscode.tasks.taskExecutions.some((each) => each.task.name === 'slow');
    await eventually('the task', async () => isRunning(), { limit: 15_000 });
    stop.abort();
    assert.notEqual((await running).kind, 'notStarted');
    await eventually('its end', async () => !isRunning());
  });

  it('starts nothing for a name that no task has, nor for a task that does not end', async () => {
    const refused = async (label: string) => {
      const end = await task(label);
      return end.kind === 'notStarted' ? end.message : end.kind;
    };
    assert.equal(await refused('nothing'), 'the workspace has no task of the name nothing.');
    assert.equal(await refused('server'), 'the task server is a background task, which does not end.');
  });

  it('runs a command in the folder of the workspace, with what it is about', async () => {
    const command = 'pwd; echo "$ROLLBACK_CONTEXT $ROLLBACK_NAMESPACE $ROLLBACK_DEPLOYMENT"; exit 4';
    const end = await tests.run(
      { kind: 'command', command, timeoutMs },
      target,
      (text) => printed.add(text),
      new AbortController().signal,
    );
    assert.deepEqual(end, { kind: 'exited', exitCode: 4 });
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(printed.last, `${folder?.uri.fsPath}\ndemo shop api`);
  });
});
