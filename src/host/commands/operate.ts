import * as vscode from 'vscode';
import type { OperationRequest } from '../../domain/rollout/operations.ts';
import type { RolloutEnd, RunTarget } from '../../domain/runbook/events.ts';
import type { Operation } from '../../domain/runbook/write.ts';
import { operationDone, operationWords } from '../../views/write-preview.ts';
import { withoutLinks } from '../error-parts.ts';
import { allPods } from '../panel/log-scope-pick.ts';
import type { Surroundings } from './command.ts';
import { confirmWrite } from './confirm-write.ts';
import { runbookFor } from './runbook-for.ts';
import { tellRefusal } from './tell-refusal.ts';
import { whileFollowing, whilePreparing } from './write-progress.ts';

/**
 * Pauses, resumes, restarts or scales: prepare, confirm once, write once, follow to the end, offer the way back. True where
 * it was written. Without `follow` it ends with the write: something else goes on from there.
 */
export async function operate(
  surroundings: Surroundings,
  target: RunTarget,
  request: OperationRequest,
  { follow = true }: { readonly follow?: boolean } = {},
): Promise<boolean> {
  const runbook = await runbookFor(surroundings, target);
  const preparation = await whilePreparing((signal) => runbook.prepareOperation(request, signal));
  if (preparation === undefined) return false;
  if (preparation.kind !== 'ready') {
    await tellRefusal(target, preparation);
    return false;
  }
  const { preview } = preparation;
  const { operation } = preview;
  const consent = await confirmWrite(target, preview, operationWords(target, preview), []);
  if (consent === undefined) return false;

  const outcome = await runbook.operate(preview, consent);
  if (outcome.kind === 'notApplied') {
    const again = 'Look Again';
    const chosen = await vscode.window.showErrorMessage(
      `${target.name}, ${request.kind}: nothing was changed. ${withoutLinks(outcome.message)}`,
      again,
    );
    return chosen === again && operate(surroundings, target, request, { follow });
  }
  if (outcome.kind === 'unknown') {
    void vscode.window.showWarningMessage(
      `${target.name}: it is not known whether this was written (${request.kind}). ${withoutLinks(outcome.message)} Look at the cluster before you repeat it.`,
    );
    return false;
  }
  if (!follow) return true;
  await endOf(surroundings, target, operation);
  return true;
}

/** Follows what was written, and tells how it ended with the way back. */
async function endOf(surroundings: Surroundings, target: RunTarget, operation: Operation): Promise<void> {
  const runbook = await surroundings.runbooks.of(target);
  const done = operationDone(target.name, operation);
  const end: RolloutEnd | undefined =
    operation.kind === 'pause'
      ? undefined
      : await whileFollowing(
          surroundings,
          runbook,
          done,
          () => runbook.run.state.operation?.message,
          (signal) => runbook.followOperation(signal),
        );
  const back = wayBack(operation);
  const [logs, open] = ['Tail Logs', 'Open Runbook'] as const;
  const show =
    end?.kind === 'failed' || end?.kind === 'lost'
      ? vscode.window.showErrorMessage
      : vscode.window.showInformationMessage;
  const words = end === undefined ? `${done}.` : `${done}: ${withoutLinks(end.message)}`;
  const buttons = end?.kind === 'failed' ? [logs, open] : [open];
  const chosen = await show(words, ...(back === undefined ? [] : [back.label]), ...buttons);
  if (chosen === undefined) return;
  if (chosen === back?.label) return void (await operate(surroundings, target, back.request));
  await surroundings.panels.open(target, chosen === logs ? { logs: allPods } : {});
}

function wayBack(
  operation: Operation,
): { readonly label: string; readonly request: OperationRequest } | undefined {
  switch (operation.kind) {
    case 'pause':
      return { label: 'Resume…', request: { kind: 'resume' } };
    case 'resume':
      return { label: 'Pause Again…', request: { kind: 'pause' } };
    case 'restart':
      return undefined; // The pods before are gone; their template is the same.
    case 'scale':
      return {
        label: `Scale Back to ${operation.fromReplicas}…`,
        request: { kind: 'scale', replicas: operation.fromReplicas },
      };
  }
}
