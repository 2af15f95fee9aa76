import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { kubeconfigFiles } from '../cluster/kubeconfig/kubeconfig.ts';
import type { FallbackProxy } from '../cluster/kubeconfig/proxy.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import type { Endpoints } from '../runs/endpoints.ts';
import type { SmokeTest } from '../domain/runbook/smoke-test.ts';
import {
  dashboardOf,
  endpointsOf,
  isReadOnly,
  keepDays,
  namespacesFor,
  readyTimeoutMs,
  smokeTestOf,
  watchTimeMs,
} from './setting-values.ts';
import { namesContext } from '../domain/runbook/context-pattern.ts';
import { untrustedKubeconfig } from './untrusted-kubeconfig.ts';

const section = 'kubernetesRollback';

/** Path of the kubeconfig, empty for kubectl's own choice. */
export function kubeconfigSetting(): string {
  const path: unknown = vscode.workspace.getConfiguration(section).get('kubeconfig');
  return typeof path === 'string' ? path.trim() : '';
}

/** The kubeconfig that a kubectl command must name, since the setting does; undefined where kubectl finds it by itself. */
export function kubectlFileSetting(): string | undefined {
  const [file] = kubeconfigSetting() === '' ? [] : kubeconfigFiles(kubeconfigSetting(), {});
  return file === undefined ? undefined : resolve(file);
}

/** VS Code's own proxy, for where neither the kubeconfig nor the environment names one. */
export function fallbackProxySetting(): FallbackProxy | undefined {
  const http = vscode.workspace.getConfiguration('http');
  const [url, support, exceptions]: unknown[] = [
    http.get('proxy'),
    http.get('proxySupport'),
    http.get('noProxy'),
  ];
  if (typeof url !== 'string' || url === '' || support === 'off') return undefined;
  const hosts: unknown[] = Array.isArray(exceptions) ? exceptions : [];
  return { url, exceptions: hosts.filter((host) => typeof host === 'string') };
}

/** Why a kubeconfig file is not read; undefined where it may be. */
export function kubeconfigRefusal(file: string): string | undefined {
  if (vscode.workspace.isTrusted) return undefined;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return untrustedKubeconfig(
    file,
    folders.map(({ uri }) => uri.fsPath),
  );
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

/** The test that is run after a rollback of the deployment. Machine-scoped: no workspace can have anything run by it. */
export function smokeTestSetting(target: RunTarget): SmokeTest | undefined {
  return smokeTestOf(vscode.workspace.getConfiguration(section).get('smokeTests'), target);
}

/** The address of the deployment's dashboard, with its placeholders. */
export function dashboardSetting(target: RunTarget): string | undefined {
  return dashboardOf(vscode.workspace.getConfiguration(section).get('dashboards'), target);
}

/** How long is watched after a rollback, in ms. */
export function watchTimeSetting(): number {
  return watchTimeMs(vscode.workspace.getConfiguration(section).get('watchMinutes'));
}

/** How long pods may take to become ready, in ms. */
export function readyTimeoutSetting(): number {
  return readyTimeoutMs(vscode.workspace.getConfiguration(section).get('readyTimeout'));
}

/** How many days runs that are over are kept; 0 for all of them. */
export function keepDaysSetting(): number {
  return keepDays(vscode.workspace.getConfiguration(section).get('runs.keepDays'));
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

/** Of which deployments that begin to fail a notification tells. */
export function notifyFailingSetting(): 'withEndpoints' | 'all' | 'none' {
  const setting: unknown = vscode.workspace.getConfiguration(section).get('notifyFailing');
  return setting === 'all' || setting === 'none' ? setting : 'withEndpoints';
}

/** One of the settings that say where to look has changed. */
export function onDidChangePlace(
  place: 'kubeconfig' | 'namespaces',
  listener: () => void,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${place}`)) listener();
  });
}

/** The settings that say what may be written where have changed. */
export function onDidChangeMarks(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const marks = [`${section}.readOnly`, `${section}.readOnlyContexts`, `${section}.protectedContexts`];
    if (marks.some((mark) => event.affectsConfiguration(mark))) listener();
  });
}

/** Opens the settings at these of ours. */
export async function openSettings(
  ...names: readonly ('endpoints' | 'readOnly' | 'readOnlyContexts' | 'smokeTests' | 'dashboards')[]
): Promise<void> {
  const query = names.map((name) => `@id:${section}.${name}`).join(' ');
  await vscode.commands.executeCommand('workbench.action.openSettings', query);
}
