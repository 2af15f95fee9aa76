import type * as vscode from 'vscode';
import { historyOf } from '../../domain/rollout/history.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import type { CapturedSource } from '../../runs/log-capture-index.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import { type Numbered, numberWords } from '../../views/revision-words.ts';
import { podRow } from '../../views/tree/pod-row.ts';
import { revisionRow } from '../../views/tree/revision-row.ts';
import { sightOf } from '../../views/tree/row.ts';
import { pickFrom } from '../pick-from.ts';

/**
 * Lets the person choose whose logs to show: of what is there, and of what was captured of pods that are gone. Undefined when
 * dismissed, or where there is nothing to choose from.
 */
export async function pickLogScope(
  records: DeploymentRecords | undefined,
  captured: readonly CapturedSource[] = [],
): Promise<ShownScope | undefined> {
  const gone = goneSources(records, captured);
  if (records === undefined && gone.length === 0) return undefined;
  const items = [
    ...(records === undefined ? [allPodsItem('')] : liveItems(records)),
    ...goneItems(records, gone),
  ];
  const chosen = await pickFrom(items, {
    title: 'Whose logs?',
    placeHolder: 'All pods, one revision, one pod or one container',
    matchOnDescription: true,
  });
  return chosen?.shown;
}

interface ScopeItem extends vscode.QuickPickItem {
  readonly shown: ShownScope;
}

function allPodsItem(description: string): ScopeItem {
  return { label: '$(layers) All pods', description, shown: allPods };
}

function liveItems(records: DeploymentRecords): readonly ScopeItem[] {
  const history = historyOf(records);
  const withPods = history.filter(({ pods }) => pods.length > 0);
  // Whether the cluster is seen now, the panel says.
  const sight = sightOf({ kind: 'live' }, Date.now());
  return [
    allPodsItem(records.deployment.name),
    ...withPods.map((entry) => ({
      label: `$(history) Revision ${numberWords(entry)}`,
      description: revisionRow(entry, records, sight).description,
      shown: revisionScope(entry),
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
}

function goneSources(
  records: DeploymentRecords | undefined,
  captured: readonly CapturedSource[],
): readonly CapturedSource[] {
  const present = new Set(records?.pods.map(({ uid }) => uid));
  return captured.filter(({ podUid }) => !present.has(podUid));
}

/** The revisions that have no pod any more, then the pods that are gone. */
function goneItems(
  records: DeploymentRecords | undefined,
  gone: readonly CapturedSource[],
): readonly ScopeItem[] {
  const owners = new Set(records?.pods.map(({ ownerUid }) => ownerUid));
  const first = (key: (source: CapturedSource) => string) => [
    ...new Map(gone.toReversed().map((source) => [key(source), source])).values(),
  ];
  return [
    ...first(({ replicaSetUid }) => replicaSetUid)
      .filter(({ replicaSetUid }) => !owners.has(replicaSetUid))
      .map(({ replicaSetUid, revision }) => ({
        label: `$(history) Revision ${revision ?? '?'}`,
        description: 'captured before its pods went',
        shown: numberedScope(replicaSetUid, revision),
      })),
    ...first(({ podUid }) => podUid).map(({ podUid, pod }) => ({
      label: `$(symbol-field) ${pod}`,
      description: 'captured before it went',
      shown: podScope(podUid, pod),
    })),
  ];
}

export const allPods: ShownScope = { scope: { kind: 'deployment' }, words: 'All pods' };

export function revisionScope(entry: Numbered): ShownScope {
  return numberedScope(entry.replicaSet.uid, numberWords(entry));
}

/** A revision of which nothing but its number is known. */
export function numberedScope(replicaSetUid: string, number: number | string = '?'): ShownScope {
  return { scope: { kind: 'revision', replicaSetUid }, words: `Revision ${number}` };
}

export function podScope(podUid: string, name: string): ShownScope {
  return { scope: { kind: 'pod', podUid }, words: `Pod ${name}` };
}

function containerScope(podUid: string, pod: string, container: string): ShownScope {
  return { scope: { kind: 'pod', podUid, container }, words: `${container} of ${pod}` };
}
