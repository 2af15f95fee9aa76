import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { RollbackPreview } from '../../runs/prepare-rollback.ts';
import type { TemplateDocuments } from '../documents/template-documents.ts';

const changesShown = 12;

/** Shows what would be written and asks once. Looking at the diff or copying the command asks again afterwards. */
export async function confirmRollback(
  target: RunTarget,
  preview: RollbackPreview,
  templates: TemplateDocuments,
): Promise<boolean> {
  const { from, to } = preview;
  const confirm = `Roll Back to Revision ${to.revision}`;
  const showDiff = 'Show Diff';
  const copy = 'Copy kubectl Command';
  for (;;) {
    const choice = await vscode.window.showWarningMessage(
      `Roll back ${target.name} from revision ${from.revision} to ${to.revision}?`,
      { modal: true, detail: previewWords(target, preview) },
      confirm,
      showDiff,
      copy,
    );
    if (choice === confirm) return true;
    if (choice === undefined) return false;
    if (choice === copy) await vscode.env.clipboard.writeText(preview.command);
    if (choice === showDiff) {
      await templates.compare({ deployment: target, ...from }, { deployment: target, ...to });
      // The dialog would cover the diff: it comes back when the person has looked.
      const again = await vscode.window.showInformationMessage(
        `Roll back ${target.name} to revision ${to.revision}?`,
        'Continue…',
        'Cancel',
      );
      if (again !== 'Continue…') return false;
    }
  }
}

/** The preview as the lines of a dialog. */
function previewWords(target: RunTarget, { from, to, changes, warnings, command }: RollbackPreview): string {
  const shown = changes.slice(0, changesShown).map(({ words }) => `  • ${words}`);
  const more =
    changes.length > changesShown ? [`  • and ${changes.length - changesShown} more: see the diff`] : [];
  return [
    `${target.namespace} in ${target.context}`,
    '',
    `From revision ${from.revision} · ${from.version}${cause(from.changeCause)}`,
    `To revision ${to.revision} · ${to.version}${cause(to.changeCause)}`,
    '',
    'What changes in the pods:',
    ...shown,
    ...more,
    ...(warnings.length > 0 ? ['', ...warnings.map((words) => `⚠ ${words}`)] : []),
    '',
    'The API server has accepted this in a dry run. It is refused if somebody changes the deployment before you confirm.',
    '',
    command,
  ].join('\n');
}

function cause(words: string | undefined): string {
  return words === undefined ? '' : ` · “${words}”`;
}
