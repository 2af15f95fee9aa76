import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { SmokeEnd } from '../../domain/runbook/smoke-test.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SmokeTests } from '../../ports/smoke-tests.ts';
import { runCommand } from './run-command.ts';
import { runTask } from './run-task.ts';

/** Runs smoke tests in the open workspace, where the person trusts it: tasks and scripts are the workspace's own. */
export function workspaceTests(clock: Clock): SmokeTests {
  return {
    async run(test, target, print, signal) {
      if (!vscode.workspace.isTrusted)
        return notStarted(
          'this workspace is not trusted. Trust it with the command Manage Workspace Trust, then try again.',
        );
      if (test.kind === 'task') return runTask(test.task, clock, print, signal);
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      if (folder === undefined)
        return notStarted(
          'no folder is open. Open the folder that the command is to run in, then try again.',
        );
      if (folder.uri.scheme !== 'file')
        return notStarted(`the folder ${folder.name} is not on this machine (${folder.uri.scheme}).`);
      const environment = environmentFor(target);
      return runCommand(test.command, { folder: folder.uri.fsPath, environment, clock }, print, signal);
    },
  };
}

function notStarted(message: string): SmokeEnd {
  return { kind: 'notStarted', message };
}

/** The extension host's own, without what makes Electron a Node program; and what the test is about. */
function environmentFor({ context, namespace, name }: RunTarget): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _host, ...environment } = process.env;
  return {
    ...environment,
    ROLLBACK_CONTEXT: context,
    ROLLBACK_NAMESPACE: namespace,
    ROLLBACK_DEPLOYMENT: name,
  };
}
