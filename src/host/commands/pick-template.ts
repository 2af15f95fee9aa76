import type * as vscode from 'vscode';
import type { ClusterStore } from '../../cluster/store/store.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { RevisionMemory } from '../../runs/revision-memory.ts';
import { judgementOf } from '../../views/tree/known-good-words.ts';
import { revisionRow } from '../../views/tree/revision-row.ts';
import { sightOf } from '../../views/tree/row.ts';
import type { TemplateName } from '../documents/template-reading.ts';
import { pickFrom } from '../pick-from.ts';

/** Which templates are offered: all, or those other than one revision's. */
export interface Offered {
  readonly live: boolean;
  /** uid of a ReplicaSet that is not offered. */
  readonly except?: string | undefined;
}

/** Lets the person choose a pod template of a deployment; undefined when dismissed. Throws where there is none to offer. */
export async function pickTemplate(
  store: ClusterStore,
  memory: RevisionMemory | undefined,
  { namespace, name }: RunTarget,
  title: string,
  placeHolder: string,
  offered: Offered,
): Promise<TemplateName | undefined> {
  const records = store.find(namespace, name);
  if (records === undefined) throw new Error(`${name} is not there any more.`);
  const sight = sightOf(store.state, Date.now());
  const items = historyOf(records)
    .filter(({ replicaSet }) => replicaSet.uid !== offered.except)
    .map((entry): vscode.QuickPickItem & { readonly template: TemplateName } => {
      const judgement = judgementOf(memory, entry.replicaSet, records.replicaSets);
      const row = revisionRow(entry, records, sight, judgement);
      return {
        label: `$(${entry.current ? 'circle-filled' : 'history'}) ${row.label}`,
        description: row.description,
        detail: entry.replicaSet.images.map(({ image }) => image).join(', '),
        template: { kind: 'revision', uid: entry.replicaSet.uid },
      };
    });
  if (offered.live)
    items.unshift({
      label: '$(broadcast) Live template',
      description: 'what the deployment asks for now',
      template: { kind: 'live' },
    });
  if (items.length === 0) throw new Error(`${name} has no other revision.`);
  const chosen = await pickFrom(items, {
    title: `${title}: ${name}`,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.template;
}
