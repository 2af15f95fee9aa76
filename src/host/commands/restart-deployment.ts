import type { Command } from './command.ts';
import { operate } from './operate.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Replaces the pods of a deployment by new ones. */
export const restartDeployment: Command = {
  id: 'restartDeployment',
  doing: 'Restart the deployment',
  async run(surroundings, argument) {
    const target =
      targetOf(argument) ?? (await pickDeployment(surroundings.connections, 'Restart Deployment'));
    if (target !== undefined) await operate(surroundings, target, { kind: 'restart' });
  },
};
