import * as vscode from 'vscode';
import type { ClusterStore } from '../../cluster/store/store.ts';
import { concernsDeployment } from '../../domain/events/deployment-events.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import type { PlacedMoment } from '../documents/event-links.ts';
import type { LiveDocuments } from '../documents/live-documents.ts';
import { allPods, podScope, revisionScope } from '../panel/log-scope-pick.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { textField } from './target.ts';

/** Opens the Logs editor at the time of an event: of the link that was followed, else of the line with the cursor. */
export const openLogsAtTime: Command = {
  id: 'openLogsAtTime',
  doing: 'Open the logs at this time',
  async run({ connections, documents, logs }, argument) {
    const moment = momentOf(argument) ?? momentAtCursor(documents);
    if (moment === undefined)
      throw new Error('Put the cursor on an event: Show Events and Describe list them with their times.');
    const { context, namespace, at } = moment;
    const { store } = await connections.connect(context);
    await loadedStore(store);
    // The panel knows whose a pod was, also where its ReplicaSet is gone.
    const deployment = textField(argument, 'deployment');
    const records =
      deployment === undefined ? deploymentOf(store, moment) : store.find(namespace, deployment);
    if (records === undefined)
      throw new Error(
        `No Deployment in ${namespace} has the ${moment.kind} ${moment.name}, so no log can be shown for it.`,
      );
    const target = { context, namespace, name: records.deployment.name };
    await logs.open({ target, areas: [scopeOf(records, moment)] }, at);
  },
};

function momentOf(argument: unknown): PlacedMoment | undefined {
  const [context, namespace, at, kind, name, uid] = ['context', 'namespace', 'at', 'kind', 'name', 'uid'].map(
    (field) => textField(argument, field),
  );
  if (context === undefined || namespace === undefined || at === undefined || Number.isNaN(Date.parse(at)))
    return undefined;
  if (kind === undefined || name === undefined || uid === undefined) return undefined;
  return { context, namespace, at, kind, name, uid };
}

function momentAtCursor(documents: LiveDocuments): PlacedMoment | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line } = editor.selection.active;
  return documents.moments(editor.document).find((place) => place.line === line)?.moment;
}

function deploymentOf(store: ClusterStore, moment: PlacedMoment): DeploymentRecords | undefined {
  for (const { uid, namespace } of store.deployments()) {
    const records = namespace === moment.namespace ? store.records(uid) : undefined;
    if (records !== undefined && concernsDeployment({ object: moment }, records)) return records;
  }
  return undefined;
}

/** The pod's log; where it is gone, that of its revision, which has what was captured of it. */
function scopeOf(records: DeploymentRecords, { kind, name, uid }: PlacedMoment): ShownScope {
  const pod = records.pods.find((one) => one.uid === uid);
  if (pod !== undefined) return podScope(pod.uid, pod.name);
  const owner = kind === 'Pod' ? name.slice(0, name.lastIndexOf('-')) : name;
  const entry = historyOf(records).find(({ replicaSet }) => replicaSet.name === owner);
  return kind === 'Deployment' || entry === undefined ? allPods : revisionScope(entry);
}
