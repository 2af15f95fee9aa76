import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Puts the runbook of a deployment back to its first step; nothing in the cluster changes. */
export const beginNewRun: Command = {
  id: 'beginNewRun',
  doing: 'Begin a new run',
  async run({ connections, panels, runbooks }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Begin New Run'));
    if (target === undefined) return;
    await runbooks.beginAnew(target);
    await panels.renew(target);
    (await panels.open(target)).focus('steps');
  },
};
