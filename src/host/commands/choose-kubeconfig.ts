import * as vscode from 'vscode';
import { setKubeconfigSetting } from '../settings.ts';
import type { Command } from './command.ts';

export const chooseKubeconfig: Command = {
  id: 'chooseKubeconfig',
  doing: 'Choose the kubeconfig file',
  async run() {
    const chosen = await vscode.window.showOpenDialog({
      title: 'Kubeconfig File',
      openLabel: 'Use This Kubeconfig',
      canSelectMany: false,
    });
    const [file] = chosen ?? [];
    if (file !== undefined) await setKubeconfigSetting(file.fsPath);
  },
};
