import * as vscode from 'vscode';
import { checkIds } from '../../domain/runbook/checks.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import { signalOf } from '../error-message.ts';
import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Shows each check in the runbook, and the sum of it in a notification. */
export const verifyDeployment: Command = {
  id: 'verifyDeployment',
  doing: 'Verify the deployment',
  async run({ connections, panels, runbooks }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Verify Deployment'));
    if (target === undefined) return;
    const panel = await panels.open(target);
    panel.focus('steps');
    const runbook = await runbooks.of(target);
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Verifying ${target.name}`,
        cancellable: true,
      },
      async (progress, token) => {
        const changes = runbook.run.onDidChange(() =>
          progress.report({ message: progressWords(runbook.run.state) }),
        );
        try {
          await runbook.verify(signalOf(token));
        } finally {
          changes.dispose();
        }
      },
    );
    tell(target.name, runbook.run.state);
  },
};

function progressWords({ steps }: RunState): string {
  const pods = steps.podsReady;
  return pods?.state === 'running' ? `pods ready: ${pods.result?.summary ?? ''}` : 'rollout, endpoints, logs';
}

function tell(name: string, { steps }: RunState): void {
  const results = checkIds.flatMap((id) => steps[id]?.result ?? []);
  const failed = results.filter(({ state }) => state === 'failed').length;
  const good = results.filter(({ state }) => state === 'ok').length;
  const unset = results.filter(({ state }) => state === 'notConfigured').length;
  const words = `${good} of ${checkIds.length} checks hold${unset > 0 ? `, ${unset} not configured` : ''}`;
  if (failed > 0)
    void vscode.window.showWarningMessage(
      `${name}: ${failed} of ${checkIds.length} checks failed. The runbook shows what was seen.`,
    );
  else if (results.length === checkIds.length)
    void vscode.window.showInformationMessage(`${name}: ${words}.`);
  else void vscode.window.showInformationMessage(`${name}: the verification was stopped; ${words}.`);
}
