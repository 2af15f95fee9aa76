import * as vscode from 'vscode';
import type { RolloutEnd } from '../../domain/runbook/events.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { Prepared, WritePreview } from '../../runs/write-preview.ts';
import { errorWords, sentences, signalOf } from '../error-message.ts';
import { withoutLinks } from '../error-parts.ts';
import { podsByRevision } from '../pods-by-revision.ts';

/** Shows that something is done while the cluster is asked; undefined when cancelled: nothing was sent then. */
export async function whilePreparing<Preview extends WritePreview>(
  prepare: (signal: AbortSignal) => Promise<Prepared<Preview>>,
): Promise<Prepared<Preview> | undefined> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Preparing the preview: reading and dry run…',
      cancellable: true,
    },
    async (_progress, token) => {
      const signal = signalOf(token);
      try {
        return await prepare(signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        throw new Error(sentences(errorWords(error), 'Nothing was written.'), { cause: error });
      }
    },
  );
}

/** Follows what was written in a notification; cancelling stops the watching only. `message`: kubectl's last one. */
export async function whileFollowing(
  runbook: Runbook,
  title: string,
  message: () => string | undefined,
  follow: (signal: AbortSignal) => Promise<RolloutEnd>,
): Promise<RolloutEnd> {
  const { namespace, name } = runbook.run.state.target;
  const { store } = runbook.connection;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const show = () => {
        const records = store.find(namespace, name);
        const pods = records === undefined ? '' : podsByRevision(records);
        const parts = [message() ?? 'Written.', pods];
        progress.report({ message: withoutLinks(parts.filter((part) => part !== '').join(' — ')) });
      };
      const changes = [runbook.run.onDidChange(show), store.onDidChange(show)];
      show();
      try {
        return await follow(signalOf(token));
      } finally {
        for (const change of changes) change.dispose();
      }
    },
  );
}
