import * as vscode from 'vscode';
import { namespacesOf } from '../../cluster/store/namespaces.ts';
import { signalOf } from '../error-message.ts';
import type { Command, Surroundings } from './command.ts';
import { contextArgument } from './target.ts';

/** Chooses which namespaces of a context are shown and offered; none means all. */
export const chooseNamespaces: Command = {
  id: 'chooseNamespaces',
  doing: 'Choose the namespaces',
  async run(surroundings, argument) {
    const { connections, choices } = surroundings;
    const context = contextArgument(argument) ?? (await connections.startContext());
    if (context === undefined) throw new Error('No context is chosen: choose one with Switch Context….');
    const chosen = await pickNamespaces(surroundings, context);
    if (chosen === undefined) return;
    await choices.chooseNamespaces(context, chosen);
    const scope = connections.existing(context)?.store.scope;
    // Where namespaces are looked at one by one, a new name is one more to look at.
    const looked = scope?.kind === 'namespaces' ? scope.namespaces.map(({ namespace }) => namespace) : chosen;
    if (chosen.some((name) => !looked.includes(name))) surroundings.reset();
  },
};

async function pickNamespaces(
  { connections, choices }: Surroundings,
  context: string,
): Promise<readonly string[] | undefined> {
  const connection = await connections.connect(context);
  const names = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Reading the namespaces of ${context}`,
      cancellable: true,
    },
    (_progress, token) => namespacesOf(connection.api, signalOf(token)),
  );
  const now = choices.namespaces(context);
  const title = `Choose Namespaces: ${context}`;
  if (names.length === 0) return typedNamespaces(title, now);
  const counts = Map.groupBy(connection.store.deployments(), ({ namespace }) => namespace);
  const items = [...new Set([...now, ...names])].toSorted().map((label) => {
    const count = counts.get(label)?.length ?? 0;
    return {
      label,
      description: count === 0 ? '' : `${count} ${count === 1 ? 'deployment' : 'deployments'}`,
      picked: now.includes(label),
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Those to show; none for all namespaces',
    canPickMany: true,
    ignoreFocusOut: true, // As `pickFrom`, which gives one.
  });
  return chosen?.map(({ label }) => label);
}

/** A DNS label. Source: Kubernetes documentation, "Object Names and IDs". */
const namespaceName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Where the user may not list namespaces, only their names can be told. */
async function typedNamespaces(
  title: string,
  now: readonly string[],
): Promise<readonly string[] | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    value: now.join(', '),
    placeHolder: 'shop, media',
    prompt: 'Your user may not list namespaces: name those to show, separated by commas. Empty shows all.',
    validateInput: (text) => {
      const wrong = namesIn(text).find((name) => !namespaceName.test(name));
      return wrong === undefined ? undefined : `“${wrong}” cannot be a namespace's name.`;
    },
  });
  return typed === undefined ? undefined : namesIn(typed);
}

function namesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}
