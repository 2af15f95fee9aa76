import type { Command } from './command.ts';
import { operate } from './operate.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Pauses the rollout of a deployment. */
export const pauseDeployment: Command = {
  id: 'pauseDeployment',
  doing: 'Pause the deployment',
  async run(surroundings, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(surroundings.connections, 'Pause Rollout'));
    if (target !== undefined) await operate(surroundings, target, { kind: 'pause' });
  },
};
