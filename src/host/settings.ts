import * as vscode from 'vscode';
import type { RunTarget } from '../domain/runbook/events.ts';
import type { Endpoints } from '../runs/endpoints.ts';
import { endpointsOf, isReadOnly, namespacesFor, readyTimeoutMs } from './setting-values.ts';
import { namesContext } from '../domain/runbook/context-pattern.ts';

const section = 'kubernetesRollback';

/** Path of the kubeconfig, empty for kubectl's own choice. */
export function kubeconfigSetting(): string {
  const path: unknown = vscode.workspace.getConfiguration(section).get('kubeconfig');
  return typeof path === 'string' ? path.trim() : '';
}

export async function setKubeconfigSetting(path: string): Promise<void> {
  await vscode.workspace
    .getConfiguration(section)
    .update('kubeconfig', path, vscode.ConfigurationTarget.Global);
}

/** The namespaces to look at in a context whose whole cluster may not be listed. */
export function namespacesSetting(context: string): readonly string[] {
  return namespacesFor(vscode.workspace.getConfiguration(section).get('namespaces'), context);
}

export function endpointsSetting(target: RunTarget): Endpoints {
  return endpointsOf(vscode.workspace.getConfiguration(section).get('endpoints'), target);
}

/** How long pods may take to become ready, in ms. */
export function readyTimeoutSetting(): number {
  return readyTimeoutMs(vscode.workspace.getConfiguration(section).get('readyTimeout'));
}

/** Whether nothing may be written in this context. Machine-scoped: no workspace can say otherwise. */
export function isReadOnlySetting(context: string): boolean {
  const settings = vscode.workspace.getConfiguration(section);
  return isReadOnly(settings.get('readOnly'), settings.get('readOnlyContexts'), context);
}

/** Whether the deployment's name must be typed before anything is written in this context. */
export function isProtectedSetting(context: string): boolean {
  return namesContext(vscode.workspace.getConfiguration(section).get('protectedContexts'), context);
}

/** The settings that say where to look have changed. */
export function onDidChangePlaces(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const places = [`${section}.kubeconfig`, `${section}.namespaces`];
    if (places.some((place) => event.affectsConfiguration(place))) listener();
  });
}

/** Opens the settings at one of ours. */
export async function openSetting(
  name: 'endpoints' | 'kubeconfig' | 'readOnly' | 'readyTimeout',
): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${section}.${name}`);
}
