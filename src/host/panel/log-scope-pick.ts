import * as vscode from 'vscode';
import { historyOf } from '../../domain/rollout/history.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import { numberWords } from '../../views/revision-words.ts';
import { podRow } from '../../views/tree/pod-row.ts';
import { revisionRow } from '../../views/tree/revision-row.ts';
import { sightOf } from '../../views/tree/row.ts';
import type { ShownScope } from './logs-place.ts';

/** Lets the person choose whose logs to show; undefined when dismissed. */
export async function pickLogScope(records: DeploymentRecords | undefined): Promise<ShownScope | undefined> {
  if (records === undefined) return undefined;
  const history = historyOf(records);
  const withPods = history.filter(({ pods }) => pods.length > 0);
  // Whether the cluster is seen now, the panel says.
  const sight = sightOf({ kind: 'live' }, Date.now());
  const items = [
    { label: '$(layers) All pods', description: records.deployment.name, shown: allPods },
    ...withPods.map((entry) => ({
      label: `$(history) Revision ${numberWords(entry)}`,
      description: revisionRow(entry, records, sight).description,
      shown: revisionScope(entry.replicaSet.uid, entry.revision),
    })),
    ...withPods.flatMap(({ pods, revision }) =>
      pods.flatMap((pod) => [
        {
          label: `$(symbol-field) ${pod.name}`,
          description: podRow(pod, revision, sight).description,
          shown: podScope(pod.uid, pod.name),
        },
        ...(pod.containers.length < 2 ? [] : pod.containers).map((container) => ({
          label: `$(blank) $(package) ${container}`,
          description: `container of ${pod.name}`,
          shown: containerScope(pod.uid, pod.name, container),
        })),
      ]),
    ),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Whose logs?',
    placeHolder: 'All pods, one revision, one pod or one container',
    matchOnDescription: true,
  });
  return chosen?.shown;
}

export const allPods: ShownScope = { scope: { kind: 'deployment' }, words: 'All pods' };

export function revisionScope(replicaSetUid: string, revision: number | undefined): ShownScope {
  return { scope: { kind: 'revision', replicaSetUid }, words: `Revision ${revision ?? '?'}` };
}

export function podScope(podUid: string, name: string): ShownScope {
  return { scope: { kind: 'pod', podUid }, words: `Pod ${name}` };
}

function containerScope(podUid: string, pod: string, container: string): ShownScope {
  return { scope: { kind: 'pod', podUid, container }, words: `${container} of ${pod}` };
}
