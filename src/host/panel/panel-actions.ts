import * as vscode from 'vscode';
import type { Runbook } from '../../runs/runbook.ts';
import type { PanelAction, StepModel } from '../../shared/panel-model.ts';
import { CapturedLogs } from '../../runs/log-captured.ts';
import { pickLogScope } from './log-scope-pick.ts';
import type { ShownScope } from './logs-place.ts';

interface Acting {
  readonly runbook: Runbook;
  /** The equivalent command that the webview names by step: `rollback`, `rollback:1`. */
  commandOf(target: string): string | undefined;
  showLogs(shown: ShownScope): void;
}

/** What each intent of the webview does: a command, so that the panel has no powers that the palette lacks. */
export const panelActions: Readonly<Record<PanelAction, (acting: Acting, target: string) => Promise<void>>> =
  {
    rollBackToPrevious: (acting) => command('rollBackToPrevious', acting),
    rollBackToRevision: (acting) => command('rollBackToRevision', acting),
    verify: (acting) => command('verifyDeployment', acting),
    retryStep: (acting, step) => command('retryStep', acting, step),
    skipStep: (acting, step) => command('skipStep', acting, step),
    stopWatching: (acting) => command('stopWatching', acting),
    showDiff: (acting) => command('compareRevision', acting),
    copyCommand: async ({ commandOf }, target) => {
      const text = commandOf(target);
      if (text !== undefined) await vscode.env.clipboard.writeText(text);
    },
    sign: (acting, item) => command('signChecklistItem', acting, item),
    configureEndpoints: (acting) => command('configureEndpoints', acting),
    beginAnew: (acting) => command('beginNewRun', acting),
    refresh: (acting) => command('watchRollout', acting),
    selectLogScope: async ({ runbook, showLogs }) => {
      const { namespace, name } = runbook.run.state.target;
      const captured = await CapturedLogs.open(runbook.attachments);
      const shown = await pickLogScope(runbook.connection.store.find(namespace, name), captured?.sources);
      if (shown !== undefined) showLogs(shown);
    },
  };

async function command(id: string, { runbook }: Acting, ...further: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand(`kubernetesRollback.${id}`, runbook.run.state.target, ...further);
}

/** The command that `named` stands for: a step's id for its first one, `id:1` for the next. */
export function commandOf(steps: readonly StepModel[], named: string): string | undefined {
  const [id, index = '0'] = named.split(':');
  return steps.find((step) => step.id === id)?.commands[Number(index)];
}
