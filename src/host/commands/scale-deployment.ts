import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { operate } from './operate.ts';
import { pickDeployment } from './pick-deployment.ts';
import { targetOf } from './target.ts';

/** Asks for the number of replicas, and scales a deployment to it. */
export const scaleDeployment: Command = {
  id: 'scaleDeployment',
  doing: 'Scale the deployment',
  async run(surroundings, argument) {
    const { connections } = surroundings;
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Scale Deployment'));
    if (target === undefined) return;
    const { store } = await connections.connect(target.context);
    await loadedStore(store);
    const now = store.find(target.namespace, target.name)?.deployment.desired;
    const replicas = await askReplicas(target, now);
    if (replicas !== undefined) await operate(surroundings, target, { kind: 'scale', replicas });
  },
};

async function askReplicas({ name }: RunTarget, now: number | undefined): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: `Scale Deployment: ${name}`,
    prompt: `${now === undefined ? '' : `It has ${now} now. `}Nothing is written before you confirm.`,
    placeHolder: 'Number of replicas',
    value: now === undefined ? '' : String(now),
    validateInput: (text) => (replicasIn(text) === undefined ? 'A whole number, 0 or more' : undefined),
  });
  return typed === undefined ? undefined : replicasIn(typed);
}

/** spec.replicas is an int32. */
function replicasIn(text: string): number | undefined {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}
