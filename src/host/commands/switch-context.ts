import * as vscode from 'vscode';
import { plainInStatusBar } from '../../views/status-text.ts';
import { chooseNamespaces } from './choose-namespaces.ts';
import type { Command } from './command.ts';
import { contextArgument } from './target.ts';
import { pickFrom } from '../pick-from.ts';

/**
 * Chooses the context that commands and the status bar start from, in this workspace; kubectl's own stays as it is. The
 * status bar leads here, so the list leads on to the namespaces as well.
 */
export const switchContext: Command = {
  id: 'switchContext',
  doing: 'Switch the context',
  async run(surroundings, argument, further) {
    const { connections, choices, tree } = surroundings;
    const context = contextArgument(argument) ?? (await pickContext(connections));
    if (context === namespacesInstead) return chooseNamespaces.run(surroundings, undefined, further);
    if (context === undefined) return;
    await choices.chooseContext(context);
    await tree.reveal(context);
  },
};

const namespacesInstead = Symbol('the namespaces instead');

interface Item extends vscode.QuickPickItem {
  readonly name: string | typeof namespacesInstead;
}

/** Lets the person choose a context, the one that is used now first, or the namespaces of that; undefined when dismissed. */
async function pickContext(
  connections: Parameters<Command['run']>[0]['connections'],
): Promise<string | typeof namespacesInstead | undefined> {
  const { contexts, currentContext } = await connections.kubeconfig();
  if (contexts.length === 0) throw new Error('The kubeconfig names no context, so there is none to choose.');
  const start = await connections.startContext();
  const items = contexts
    .toSorted((a, b) => Number(b.name === start) - Number(a.name === start))
    .map(({ name, cluster, server, user }): Item => ({
      label: plainInStatusBar(name),
      description: [
        ...(name === start ? ['used now'] : []),
        ...(name === currentContext ? ["kubectl's current context"] : []),
      ].join(' · '),
      detail: plainInStatusBar(`${cluster} · ${server} · ${user}`),
      name,
    }));
  const further: readonly Item[] =
    start === undefined
      ? []
      : [
          { label: '', kind: vscode.QuickPickItemKind.Separator, name: start },
          { label: 'Choose Namespaces…', description: plainInStatusBar(start), name: namespacesInstead },
        ];
  const chosen = await pickFrom([...items, ...further], {
    title: 'Switch Context',
    placeHolder: 'For this workspace only: the kubeconfig is not changed',
    matchOnDetail: true,
  });
  return chosen?.name;
}
