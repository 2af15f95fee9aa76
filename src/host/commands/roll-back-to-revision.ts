import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickRevision, revisionOf } from './pick-revision.ts';
import { rollBack } from './roll-back.ts';
import { replicaSetOf, targetOf } from './target.ts';

export const rollBackToRevision: Command = {
  id: 'rollBackToRevision',
  doing: 'Roll back to a revision',
  async run(surroundings, argument) {
    const title = 'Roll Back to Revision';
    const target = targetOf(argument) ?? (await pickDeployment(surroundings.connections, title));
    if (target === undefined) return;
    const connection = await surroundings.connections.connect(target.context);
    await loadedStore(connection.store);
    const replicaSet = replicaSetOf(argument);
    const revision = revisionOf(connection.store, target, replicaSet);
    const chosen =
      revision === undefined || replicaSet === undefined
        ? await pickRevision(connection.store, surroundings.memories.of(target.context), target, title)
        : { revision, replicaSet };
    if (chosen !== undefined) await rollBack(surroundings, target, chosen.revision, chosen.replicaSet);
  },
};
