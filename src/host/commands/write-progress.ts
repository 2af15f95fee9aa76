import * as vscode from 'vscode';
import type { RolloutEnd } from '../../domain/runbook/events.ts';
import { realClock } from '../../ports/real-clock.ts';
import type { Runbook } from '../../runs/runbook.ts';
import type { Prepared, WritePreview } from '../../runs/write-preview.ts';
import { errorWords, sentences, signalOf } from '../error-message.ts';
import { withoutLinks } from '../error-parts.ts';
import { podsByRevision } from '../pods-by-revision.ts';
import type { Surroundings } from './command.ts';

/** VS Code keeps a notification for a while once it is shown: one of a quick answer would lie under the preview. */
const patienceMs = 1000;

/** Shows that the cluster is asked where that takes long; undefined when cancelled: nothing was written then. */
export async function whilePreparing<Preview extends WritePreview>(
  prepare: (signal: AbortSignal) => Promise<Prepared<Preview>>,
): Promise<Prepared<Preview> | undefined> {
  const cancelled = new AbortController();
  const preparation = prepare(cancelled.signal).catch((error: unknown) => {
    if (cancelled.signal.aborted) return undefined;
    throw new Error(sentences(errorWords(error), 'Nothing was written.'), { cause: error });
  });
  const end = Promise.allSettled([preparation]);
  const late = realClock.after(patienceMs, () => {
    void vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Preparing the preview: reading and dry run…',
        cancellable: true,
      },
      (_progress, token) => {
        token.onCancellationRequested(() => {
          cancelled.abort();
          void vscode.window.showInformationMessage('You stopped before the preview: nothing was written.');
        });
        return end;
      },
    );
  });
  try {
    return await preparation;
  } finally {
    late.dispose();
  }
}

/**
 * Follows what was written, in a notification where its panel does not show it already; cancelling stops the watching only, as the
 * panel's button does. `message`: kubectl's last one.
 */
export async function whileFollowing(
  { panels }: Surroundings,
  runbook: Runbook,
  title: string,
  message: () => string | undefined,
  follow: (signal?: AbortSignal) => Promise<RolloutEnd>,
): Promise<RolloutEnd> {
  const { target } = runbook.run.state;
  if (panels.isVisible(target)) return follow();
  const { namespace, name } = target;
  const { store } = runbook.connection;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      // The button's word is VS Code's own.
      title: `${title} (Cancel only stops the watching)`,
      cancellable: true,
    },
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
