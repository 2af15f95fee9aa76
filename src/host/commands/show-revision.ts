import { realClock } from '../../ports/real-clock.ts';
import { revisionSource } from '../documents/template-source.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { revisionOf } from './pick-revision.ts';
import { pickTemplate } from './pick-template.ts';
import { replicaSetOf, targetOf } from './target.ts';

/** Shows a revision's pod template as YAML. */
export const showRevision: Command = {
  id: 'showRevision',
  doing: 'Show the revision',
  async run({ connections, memories, documents }, argument) {
    const title = 'Show Revision';
    const target = targetOf(argument) ?? (await pickDeployment(connections, title));
    if (target === undefined) return;
    const { store } = await connections.connect(target.context);
    await loadedStore(store);
    const row = replicaSetOf(argument);
    const chosen =
      row === undefined
        ? await pickTemplate(store, memories.of(target.context), target, title, 'Which revision?', {
            live: false,
          })
        : { kind: 'revision' as const, uid: row };
    if (chosen?.kind !== 'revision') return;
    const { context, namespace, name } = target;
    const number = revisionOf(store, target, chosen.uid);
    await documents.show(
      { context, namespace, file: `${name}.revision-${number ?? 'x'}.yaml`, key: chosen.uid },
      revisionSource(connections, realClock, target, chosen.uid, number),
    );
  },
};
