import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

export const openRunbook: Command = {
  id: 'openRunbook',
  doing: 'Open the runbook',
  async run({ connections, panels }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Open Runbook'));
    if (target !== undefined) (await panels.open(target)).focus('steps');
  },
};
