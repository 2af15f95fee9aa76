import { realClock } from '../../ports/real-clock.ts';
import { compareTemplates } from '../documents/compare-templates.ts';
import type { TemplateName } from '../documents/template-reading.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickTemplate } from './pick-template.ts';
import { replicaSetOf, targetOf } from './target.ts';

/**
 * Compares a revision with the live pod template. Without a row, after a rollback, that is the revision which was rolled
 * back: what the rollback has changed.
 */
export const compareRevision: Command = {
  id: 'compareRevision',
  doing: 'Compare the revision',
  async run({ connections, memories, documents, runbooks }, argument) {
    const title = 'Compare Revision with Current';
    const target = targetOf(argument) ?? (await pickDeployment(connections, title));
    if (target === undefined) return;
    const { store } = await connections.connect(target.context);
    await loadedStore(store);
    const uid = replicaSetOf(argument) ?? (await runbooks.of(target)).run.state.rollback?.from.replicaSetUid;
    const known = store.find(target.namespace, target.name)?.replicaSets.some((one) => one.uid === uid);
    const one: TemplateName | undefined =
      uid !== undefined && known === true
        ? { kind: 'revision', uid }
        : await pickTemplate(store, memories.of(target.context), target, title, 'Newest first', {
            live: false,
          });
    if (one !== undefined)
      await compareTemplates({ connections, documents }, realClock, target, [one, { kind: 'live' }]);
  },
};
