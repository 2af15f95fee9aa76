import * as vscode from 'vscode';
import type { Connection } from '../cluster/connections.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { type NewFailure, NewFailures } from '../runs/new-failures.ts';
import { withoutLinks } from './error-parts.ts';
import { endpointsSetting, notifyFailingSetting } from './settings.ts';

/** Where connections come from. */
interface Connecting {
  onDidConnect(listener: (connection: Connection) => void): Ending;
}

/** Most deployments that a notification names. */
const mostNamed = 3;

/** Tells once of each deployment that begins to fail while its cluster is connected, as the setting says. */
export class FailingNotifications {
  readonly #watching = new Map<string, NewFailures>();
  readonly #connecting: Ending;

  constructor(connections: Connecting, clock: Clock) {
    this.#connecting = connections.onDidConnect(({ context: { name }, store }) => {
      this.#watching.get(name)?.dispose();
      this.#watching.set(name, new NewFailures(store, clock, (failures) => void tell(name, failures)));
    });
  }

  /** With the end of the connections: of these contexts, of all by default. */
  reset(contexts: Iterable<string> = [...this.#watching.keys()]): void {
    for (const context of contexts) {
      this.#watching.get(context)?.dispose();
      this.#watching.delete(context);
    }
  }

  dispose(): void {
    this.#connecting.dispose();
    this.reset();
  }
}

async function tell(context: string, failures: readonly NewFailure[]): Promise<void> {
  const setting = notifyFailingSetting();
  const told = failures
    .map(({ deployment: { namespace, name }, health }) => ({ target: { context, namespace, name }, health }))
    .filter(({ target }) => setting === 'all' || (setting === 'withEndpoints' && hasEndpoints(target)));
  const [first] = told;
  if (first === undefined) return;
  const [open, logs, settings] = ['Open Runbook', 'Tail Logs', 'Settings'] as const;
  const { target, health } = first;
  const choice =
    told.length === 1
      ? await vscode.window.showWarningMessage(
          withoutLinks(`${target.name} in ${target.namespace} (${context}) is failing. ${health.words}.`),
          open,
          logs,
          settings,
        )
      : await vscode.window.showWarningMessage(
          manyWords(
            context,
            told.map((each) => each.target.name),
          ),
          open,
          settings,
        );
  if (choice === settings)
    await vscode.commands.executeCommand(
      'workbench.action.openSettings',
      '@id:kubernetesRollback.notifyFailing',
    );
  else if (choice === logs) await vscode.commands.executeCommand('kubernetesRollback.tailLogs', target);
  else if (choice === open)
    await vscode.commands.executeCommand(
      'kubernetesRollback.openRunbook',
      told.length === 1 ? target : undefined,
    );
}

/** `4 deployments in prod began to fail: a, b, c and 1 more.` */
function manyWords(context: string, names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.length} deployments in ${context} began to fail: ${names.slice(0, mostNamed).join(', ')}${more}.`;
}

function hasEndpoints(target: RunTarget): boolean {
  const { health, critical } = endpointsSetting(target);
  return health !== undefined || critical.length > 0;
}
