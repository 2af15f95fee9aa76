import type { Command } from './command.ts';
import { operate } from './operate.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Resumes the rollout of a paused deployment. */
export const resumeDeployment: Command = {
  id: 'resumeDeployment',
  doing: 'Resume the deployment',
  async run(surroundings, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(surroundings.connections, 'Resume Rollout'));
    if (target !== undefined) await operate(surroundings, target, { kind: 'resume' });
  },
};
