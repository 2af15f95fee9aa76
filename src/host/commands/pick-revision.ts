import * as vscode from 'vscode';
import type { ClusterStore } from '../../cluster/store/store.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { RevisionMemory } from '../../runs/revision-memory.ts';
import { judgementOf } from '../../views/tree/known-good-words.ts';
import { revisionRow } from '../../views/tree/revision-row.ts';
import { sightOf } from '../../views/tree/row.ts';
import { pickFrom } from '../pick-from.ts';

/** A revision that a person has chosen. */
export interface ChosenRevision {
  /** The number that an undo reaches it by now. */
  readonly revision: number;
  /** uid of its ReplicaSet, which it keeps when its number changes. */
  readonly replicaSet: string;
}

/** The number that an undo reaches this ReplicaSet by now: after an undo it is another one. */
export function revisionOf(
  store: ClusterStore,
  { namespace, name }: RunTarget,
  replicaSetUid: string | undefined,
): number | undefined {
  const records = store.find(namespace, name);
  const history = records === undefined ? [] : historyOf(records);
  return history.find(({ replicaSet }) => replicaSet.uid === replicaSetUid)?.undoTo;
}

/** Lets the person choose one of the older revisions; undefined when dismissed or when there is none. */
export async function pickRevision(
  store: ClusterStore,
  memory: RevisionMemory | undefined,
  { namespace, name }: RunTarget,
  title: string,
): Promise<ChosenRevision | undefined> {
  const records = store.find(namespace, name);
  const older =
    records === undefined
      ? []
      : historyOf(records).filter(({ current, undoTo }) => !current && undoTo !== undefined);
  if (records === undefined || older.length === 0) {
    void vscode.window.showWarningMessage(
      `no rollout history found for deployment "${name}": there is no older revision to go back to.`,
    );
    return undefined;
  }
  const items = older.map((entry) => {
    const judgement = judgementOf(memory, entry.replicaSet, records.replicaSets);
    const row = revisionRow(entry, records, sightOf(store.state, Date.now()), judgement);
    return {
      label: `$(history) ${row.label}`,
      description: row.description,
      detail: entry.replicaSet.images.map(({ image }) => image).join(', '),
      chosen: { revision: entry.undoTo ?? 0, replicaSet: entry.replicaSet.uid },
    };
  });
  const chosen = await pickFrom(items, {
    title: `${title}: ${name}`,
    placeHolder: 'Newest first; nothing is written before you confirm',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.chosen;
}
