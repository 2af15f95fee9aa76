import * as vscode from 'vscode';
import { undoCommand } from '../../runs/kubectl-command.ts';
import { kubectlFileSetting } from '../settings.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickRevision, revisionOf } from './pick-revision.ts';
import { replicaSetOf, targetOf } from './target.ts';

export const copyRollbackCommand: Command = {
  id: 'copyRollbackCommand',
  doing: 'Copy the kubectl command',
  async run({ connections, memories }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Copy kubectl Command'));
    if (target === undefined) return;
    const { store } = await connections.connect(target.context);
    await loadedStore(store);
    const revision =
      revisionOf(store, target, replicaSetOf(argument)) ??
      (await pickRevision(store, memories.of(target.context), target, 'Copy kubectl Command'))?.revision;
    if (revision === undefined) return;
    const text = undoCommand({ ...target, kubeconfig: kubectlFileSetting() }, target, revision);
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`Copied: ${text}`, 5000);
  },
};
