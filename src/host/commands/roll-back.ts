import * as vscode from 'vscode';
import type { RolloutEnd, RunTarget } from '../../domain/runbook/events.ts';
import type { Runbook } from '../../runs/runbook.ts';
import { withoutLinks } from '../error-parts.ts';
import { allPods } from '../panel/log-scope-pick.ts';
import type { Surroundings } from './command.ts';
import { operate } from './operate.ts';
import { confirmRollback } from './confirm-rollback.ts';
import { runbookFor } from './runbook-for.ts';
import { tellRefusal } from './tell-refusal.ts';
import { whileFollowing, whilePreparing } from './write-progress.ts';

/**
 * The guarded rollback from the first look to the truthful end: prepare, confirm once, write once, follow. 0: previous;
 * `replicaSet` is the uid of the one that the person has seen. `note` and `insisted` are what they said to an earlier preview.
 */
export async function rollBack(
  surroundings: Surroundings,
  target: RunTarget,
  toRevision: number,
  replicaSet?: string,
  note = '',
  insisted = false,
): Promise<void> {
  const runbook = await runbookFor(surroundings, target);
  const preparation = await whilePreparing((signal) => runbook.prepare(toRevision, signal, note, replicaSet));
  if (preparation === undefined) return;
  if (preparation.kind !== 'ready') {
    const resume = await tellRefusal(target, preparation);
    if (resume && (await operate(surroundings, target, { kind: 'resume' }, { follow: false })))
      await rollBack(surroundings, target, toRevision, replicaSet, note, insisted);
    return;
  }
  const { preview } = preparation;
  const consent = await confirmRollback(surroundings, target, preview, insisted);
  if (consent === undefined) return;
  if ('note' in consent) {
    const told = preview.blocker !== undefined;
    return rollBack(surroundings, target, preview.askFor, preview.to.replicaSetUid, consent.note, told);
  }

  const outcome = await runbook.rollBack(preview, consent);
  if (outcome.kind === 'notApplied') {
    const again = 'Look Again';
    const choice = await vscode.window.showErrorMessage(
      `${target.name} was not rolled back: ${withoutLinks(outcome.message)}`,
      again,
    );
    // What was confirmed, not what is the previous one by now: that is the failing one, where the write came late.
    const { askFor, to } = preview;
    if (choice === again) await rollBack(surroundings, target, askFor, to.replicaSetUid, note);
    return;
  }
  if (outcome.kind === 'unknown')
    void vscode.window.showWarningMessage(
      `${target.name}: it is not known whether the rollback was written. ${withoutLinks(outcome.message)} Watching goes on; do not repeat it before the cluster was seen.`,
    );
  await followToTheEnd(
    surroundings,
    // Another one than before where the tree was refreshed during the write: that one's connection has ended.
    await surroundings.runbooks.of(target),
    `Rolling back ${target.name} to revision ${preview.to.revision}`,
  );
}

/** Follows a written rollback, and tells how it ended. */
export async function followToTheEnd(
  surroundings: Surroundings,
  runbook: Runbook,
  title: string,
): Promise<void> {
  const end = await whileFollowing(
    surroundings,
    runbook,
    title,
    () => runbook.run.state.rollback?.message,
    (signal) => runbook.follow(signal),
  );
  await tellTheEnd(surroundings, runbook, end);
}

async function tellTheEnd(
  { runbooks, panels }: Surroundings,
  runbook: Runbook,
  end: RolloutEnd,
): Promise<void> {
  const { target, rollback } = runbook.run.state;
  if (rollback === undefined) return;
  const message = withoutLinks(end.message);
  const number =
    end.nowRevision === undefined || end.nowRevision === rollback.to.revision
      ? String(rollback.to.revision)
      : `${rollback.to.revision} (now ${end.nowRevision})`;
  const [verify, logs, open] = ['Verify', 'Tail Logs', 'Open Runbook'] as const;
  const choice =
    end.kind === 'complete'
      ? await vscode.window.showInformationMessage(
          `${target.name} is rolled back to revision ${number}: ${message}`,
          // What its panel does by itself needs no button, and a message without one goes by itself.
          ...(panels.isVisible(target) ? [] : [verify, logs, open]),
        )
      : end.kind === 'stopped'
        ? await vscode.window.showInformationMessage(`${target.name}: ${message}`, open)
        : await vscode.window.showErrorMessage(`${target.name}, revision ${number}: ${message}`, logs, open);
  if (choice === undefined) return;
  await panels.open(target, choice === logs ? { logs: allPods } : {});
  if (choice === verify) await (await runbooks.of(target)).verify();
}
