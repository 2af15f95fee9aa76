import type { Command } from './command.ts';
import { logScopeOf } from './log-scope-of.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Opens the runbook's log for a deployment, a revision or a pod. */
export const tailLogs: Command = {
  id: 'tailLogs',
  doing: 'Tail the logs',
  async run(surroundings, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(surroundings.connections, 'Tail Logs'));
    if (target !== undefined)
      await surroundings.panels.open(target, { logs: await logScopeOf(surroundings, target, argument) });
  },
};
