import * as vscode from 'vscode';
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
    await followToTheEnd(
      surroundings,
      runbook,
      `Watching ${target.name} go to revision ${rollback.to.revision}`,
    );
  },
};
