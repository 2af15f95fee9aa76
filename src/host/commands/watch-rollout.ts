import * as vscode from 'vscode';
import { withoutLinks } from '../error-parts.ts';
import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { followToTheEnd } from './roll-back.ts';
import { targetOf } from './target.ts';

/** Follows a rollback's rollout again, after watching was stopped or the window was reloaded. */
export const watchRollout: Command = {
  id: 'watchRollout',
  doing: 'Watch the rollout',
  async run(surroundings, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(surroundings.connections, 'Watch Rollout'));
    if (target === undefined) return;
    const runbook = await surroundings.runbooks.of(target);
    const { rollback } = runbook.run.state;
    if (rollback === undefined || rollback.outcome?.kind === 'notApplied') {
      void vscode.window.showInformationMessage(
        `${target.name} has not been rolled back from here: there is no rollout to watch.`,
      );
      return;
    }
    // Watching it again would open its end again, from which on figures are compared.
    if (rollback.end?.kind === 'complete') {
      void vscode.window.showInformationMessage(
        `${target.name} has come to revision ${rollback.to.revision}: ${withoutLinks(rollback.end.message)}`,
      );
      return;
    }
    await followToTheEnd(
      surroundings,
      runbook,
      `Watching ${target.name} go to revision ${rollback.to.revision}`,
    );
  },
};
