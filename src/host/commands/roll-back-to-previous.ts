import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { rollBack } from './roll-back.ts';
import { targetOf } from './target.ts';

export const rollBackToPrevious: Command = {
  id: 'rollBackToPrevious',
  doing: 'Roll back to the previous revision',
  async run(surroundings, argument) {
    const target =
      targetOf(argument) ??
      (await pickDeployment(surroundings.connections, 'Roll Back to Previous Revision'));
    if (target !== undefined) await rollBack(surroundings, target, 0);
  },
};
