import type { Command } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Ends following a rollout, and a verification; what was written stays, and the rollout itself goes on. */
export const stopWatching: Command = {
  id: 'stopWatching',
  doing: 'Stop watching',
  async run({ connections, runbooks }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Stop Watching Rollout'));
    if (target !== undefined) (await runbooks.of(target)).stopWatching();
  },
};
