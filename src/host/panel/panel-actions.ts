import * as vscode from 'vscode';
import { historyOf } from '../../domain/rollout/history.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { PanelAction, StepModel } from '../../shared/panel-model.ts';
import { CapturedLogs } from '../../runs/log-captured.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import { allPods, pickLogScope, podScope } from './log-scope-pick.ts';

interface Acting {
  readonly runbook: Runbook;
  /** The equivalent command that the webview names by step: `rollback`, `rollback:1`. */
  commandOf(target: string): string | undefined;
  /** What a step's test printed, by the step's id. */
  outputOf(step: string): string | undefined;
  showLogs(shown: ShownScope): void;
}

/** What each intent of the webview does: a command, so that the panel has no powers that the palette lacks. */
export const panelActions: Readonly<Record<PanelAction, (acting: Acting, target: string) => Promise<void>>> =
  {
    rollBackToPrevious: (acting) => command('rollBackToPrevious', acting),
    rollBackToRevision: (acting, revision) => ofRevision('rollBackToRevision', acting, revision),
    verify: (acting) => command('verifyDeployment', acting),
    retryStep: (acting, step) => command('retryStep', acting, step),
    skipStep: (acting, step) => command('skipStep', acting, step),
    stopWatching: (acting) => command('stopWatching', acting),
    showDiff: (acting, revision) => ofRevision('compareRevision', acting, revision),
    copyCommand: ({ commandOf: found }, target) => copy(found(target)),
    copyOutput: ({ outputOf: found }, step) => copy(found(step)),
    sign: (acting, item) => command('signChecklistItem', acting, item),
    overrideItem: (acting, item) => command('overrideChecklistItem', acting, item),
    withdrawOverride: (acting, item) => command('withdrawOverride', acting, item),
    signOff: (acting) => command('signOffRun', acting),
    updateTask: (acting, task) => command('updateTask', acting, task),
    exportReport: (acting) => command('exportReport', acting),
    configureEndpoints: (acting) => command('configureEndpoints', acting),
    configureSmokeTests: (acting) => command('configureSmokeTests', acting),
    openDashboard: (acting) => command('openDashboard', acting),
    showPermissions: (acting) => command('showPermissions', acting),
    describeDeployment: (acting) => ofObject('describeObject', acting, ''),
    describePod: (acting, pod) => ofObject('describeObject', acting, pod),
    showEvents: (acting, pod) => ofObject('showEvents', acting, pod),
    showTopPods: (acting, pod) => ofObject('showTopPods', acting, pod),
    showYaml: (acting, pod) => ofObject('showYaml', acting, pod),
    showLogs: async ({ runbook, showLogs }, pod) => {
      const { namespace, name } = runbook.run.state.target;
      const pods = runbook.connection.store.find(namespace, name)?.pods ?? [];
      const found = pods.find((one) => one.name === pod);
      // A pod that is gone has lines among those of all.
      showLogs(found === undefined ? allPods : podScope(found.uid, found.name));
    },
    openLogs: (acting) => command('openLogs', acting),
    openLogsAtTime: async ({ runbook }, target) => {
      const { context, namespace, name } = runbook.run.state.target;
      const moment = logMoment(target);
      if (moment === undefined) return;
      const { at, pod } = moment;
      // One that is gone has no uid any more; its name tells its revision.
      const uid = runbook.connection.store.find(namespace, name)?.pods.find((one) => one.name === pod)?.uid;
      const object = { kind: 'Pod', name: pod, uid: uid ?? '' };
      await execute('openLogsAtTime', { context, namespace, at, ...object, deployment: name });
    },
    beginAnew: (acting) => command('beginNewRun', acting),
    refresh: (acting) => command('watchRollout', acting),
    selectLogScope: async ({ runbook, showLogs }) => {
      const { namespace, name } = runbook.run.state.target;
      const captured = await CapturedLogs.open(runbook.attachments);
      const shown = await pickLogScope(runbook.connection.store.find(namespace, name), captured?.sources);
      if (shown !== undefined) showLogs(shown);
    },
  };

async function command(id: string, { runbook }: Acting, further?: string): Promise<void> {
  await execute(id, runbook.run.state.target, further === '' ? undefined : further);
}

/** About a revision by its number, else about none: the command asks then. */
async function ofRevision(id: string, { runbook }: Acting, revision: string): Promise<void> {
  const { target } = runbook.run.state;
  const records = runbook.connection.store.find(target.namespace, target.name);
  const history = records === undefined ? [] : historyOf(records);
  const uid = history.find(({ undoTo }) => String(undoTo) === revision)?.replicaSet.uid;
  await execute(id, uid === undefined ? target : { ...target, replicaSetUid: uid });
}

/** About a pod by its name, else about the deployment. */
async function ofObject(id: string, { runbook }: Acting, pod: string): Promise<void> {
  const { context, namespace, name } = runbook.run.state.target;
  const object = pod === '' ? { kind: 'Deployment', name } : { kind: 'Pod', name: pod };
  await execute(id, { context, namespace, ...object });
}

async function execute(id: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(`kubernetesRollback.${id}`, ...args);
}

async function copy(text: string | undefined): Promise<void> {
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

/** The time and the pod that evidence names, `2026-01-02T15:04:05Z veza-backend-api-x2k9q`; undefined where it names none. */
export function logMoment(target: string): { readonly at: string; readonly pod: string } | undefined {
  const [at = '', pod = ''] = target.split(' ');
  return Number.isNaN(Date.parse(at)) ? undefined : { at, pod };
}

/** The command that `named` stands for: a step's id for its first one, `id:1` for the next. */
export function commandOf(steps: readonly StepModel[], named: string): string | undefined {
  const [id, index = '0'] = named.split(':');
  return steps.find((step) => step.id === id)?.commands[Number(index)];
}

/** What a step's test printed, as the panel shows it. */
export function outputOf(steps: readonly StepModel[], id: string): string | undefined {
  return steps.find((step) => step.id === id)?.output;
}
