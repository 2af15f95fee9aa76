import * as vscode from 'vscode';
import type { Connections } from '../../cluster/connections.ts';
import type { ClusterStore } from '../../cluster/store/store.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import { deploymentRow } from '../../views/tree/deployment-row.ts';
import { deploymentMember } from '../../views/tree/member.ts';
import { compareSiblings } from '../../views/tree/order.ts';
import { sightOf } from '../../views/tree/row.ts';
import { isTarget } from './target.ts';
import { pickFrom } from '../pick-from.ts';

interface Item extends vscode.QuickPickItem {
  readonly target?: RunTarget;
}

/**
 * Lets the person choose a deployment of the chosen context and of those that are open in the tree, in the namespaces
 * that are shown: failing ones first, listed as each cluster answers. Undefined when dismissed.
 */
export async function pickDeployment(
  connections: Connections,
  title: string,
): Promise<RunTarget | undefined> {
  const { contexts } = await connections.kubeconfig();
  const names = contexts.map(({ name }) => name);
  if (names.length === 0) throw new Error('The kubeconfig names no context, so there is no cluster to ask.');
  const start = await connections.startContext();
  if (start !== undefined) await connections.connect(start);
  else if (!names.some((name) => connections.existing(name) !== undefined)) {
    const items = names.map((label) => ({ label }));
    const chosen = await pickFrom(items, { title, placeHolder: 'Choose a context' });
    if (chosen === undefined) return undefined;
    await connections.connect(chosen.label);
  }
  const open = contexts.flatMap(({ name }) => connections.existing(name) ?? []);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = 'Choose a deployment: failing ones come first';
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true; // As `pickFrom`.
  // A list that changes under the person's fingers can lose a key press, or lead it to another row: a cluster's rows
  // are put in once it is known, and stay as they are.
  const listed = new Map<string, readonly Item[]>();
  const fill = () => {
    for (const { context, store } of open)
      if (store.state.kind !== 'connecting' && !listed.has(context.name))
        listed.set(context.name, itemsOf(context.name, store, connections.choice.namespaces(context.name)));
    pick.busy = listed.size < open.length;
    const items = [...listed.values()].flat();
    if (items.length !== pick.items.length) pick.items = items;
  };
  fill();
  const changes = open.map(({ store }) => store.onDidChange(fill));
  pick.show();
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const target = pick.selectedItems[0]?.target;
        if (isTarget(target)) resolve(target);
      });
      pick.onDidHide(() => resolve(undefined));
    });
  } finally {
    for (const change of changes) change.dispose();
    pick.dispose();
  }
}

/** The deployments of a cluster, failing ones first; where it cannot be seen, why. */
function itemsOf(context: string, store: ClusterStore, namespaces: readonly string[]): readonly Item[] {
  const compare = compareSiblings('failing');
  const sight = sightOf(store.state, Date.now());
  const items = [...store.deployments()]
    .filter(({ namespace }) => namespaces.length === 0 || namespaces.includes(namespace))
    .flatMap(({ uid }) => store.records(uid) ?? [])
    .map((records) => ({ records, member: deploymentMember(records) }))
    .toSorted((a, b) => compare(a.member, b.member))
    .map(({ records }): Item => {
      const row = deploymentRow(records, sight);
      const { namespace, name } = records.deployment;
      return {
        label: `$(${row.icon?.codicon ?? 'circle'}) ${name}`,
        description: `${namespace} · ${context} · ${row.description}`,
        target: { context, namespace, name },
      };
    });
  const { state } = store;
  if (items.length > 0) return items;
  if (state.kind === 'live' || state.kind === 'connecting')
    return [{ label: `$(info) There are no deployments in ${context}.` }];
  return [{ label: `$(warning) ${state.error.message}`, detail: state.error.hint }];
}
