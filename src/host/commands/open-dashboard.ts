import * as vscode from 'vscode';
import { dashboardUrl } from '../../domain/runbook/dashboard-url.ts';
import { dashboardSetting, openSettings } from '../settings.ts';
import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** How much of the time before the rollback, or before now, the dashboard shows, in ms. */
const beforeMs = 30 * 60_000;

/** Opens the deployment's monitoring dashboard in the browser, at the time of the rollback. */
export const openDashboard: Command = {
  id: 'openDashboard',
  doing: 'Open the dashboard',
  async run({ connections, runbooks }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Open Dashboard'));
    if (target === undefined) return;
    const template = dashboardSetting(target);
    const set = 'Set the Address';
    if (template === undefined) {
      const choice = await vscode.window.showInformationMessage(
        `No dashboard is set for ${target.name}.`,
        set,
      );
      if (choice === set) await openSettings('dashboards');
      return;
    }
    // Only a run in hand tells when it was rolled back: none is begun for a look at a dashboard.
    const rollback = runbooks.has(target) ? (await runbooks.of(target)).run.state.rollback : undefined;
    const to = Date.now();
    const from = (rollback === undefined ? to : Date.parse(rollback.confirmedAt)) - beforeMs;
    const { context, namespace, name: deployment } = target;
    const url = dashboardUrl(template, { context, namespace, deployment, from, to });
    if (url === undefined)
      throw new Error(
        `The setting Dashboards has no address that begins with http:// or https:// for ${target.name}: ${template}`,
      );
    // As text: VS Code's Uri forgets which of its characters were encoded, and so would join a name with what follows it.
    await vscode.commands.executeCommand('vscode.open', url);
  },
};
