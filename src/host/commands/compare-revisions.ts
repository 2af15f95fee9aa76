import { realClock } from '../../ports/real-clock.ts';
import { compareTemplates } from '../documents/compare-templates.ts';
import type { TemplateName } from '../documents/template-reading.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickTemplate } from './pick-template.ts';
import { replicaSetOf, targetOf } from './target.ts';

/** Compares any two revisions, or one and the live template. From a revision's row only the other is asked for. */
export const compareRevisions: Command = {
  id: 'compareRevisions',
  doing: 'Compare the revisions',
  async run({ connections, memories, documents }, argument) {
    const title = 'Compare Revisions';
    const target = targetOf(argument) ?? (await pickDeployment(connections, title));
    if (target === undefined) return;
    const { store } = await connections.connect(target.context);
    await loadedStore(store);
    const row = replicaSetOf(argument);
    const one: TemplateName | undefined =
      row === undefined
        ? await pickTemplate(store, memories.of(target.context), target, title, 'The first of two', {
            live: true,
          })
        : { kind: 'revision', uid: row };
    if (one === undefined) return;
    const other = await pickTemplate(store, memories.of(target.context), target, title, 'Compare with', {
      live: one.kind !== 'live',
      except: one.kind === 'live' ? undefined : one.uid,
    });
    if (other !== undefined)
      await compareTemplates({ connections, documents }, realClock, target, [one, other]);
  },
};
