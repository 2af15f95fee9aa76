import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Prepared, WritePreview } from '../../runs/write-preview.ts';
import { withoutLinks } from '../error-parts.ts';
import { sentences } from '../error-message.ts';
import { openSettings } from '../settings.ts';

type NotReady = Exclude<Prepared<WritePreview>, { readonly kind: 'ready' }>;

/**
 * Says why there is nothing to confirm, with what helps. True where the person wants to resume the deployment first, which
 * is offered where that is what hinders.
 */
export async function tellRefusal({ name }: RunTarget, said: NotReady): Promise<boolean> {
  if (said.kind === 'skipped') {
    void vscode.window.showInformationMessage(`${name}: ${said.message}. Nothing was written.`);
    return false;
  }
  const resume = 'Resume First…';
  const setting = 'Open Settings';
  const help = said.reason === 'readOnly' ? [setting] : said.reason === 'paused' ? [resume] : [];
  const chosen = await vscode.window.showWarningMessage(
    sentences(`${name}: ${withoutLinks(said.message)}`, said.hint, 'Nothing was written.'),
    ...help,
  );
  if (chosen === setting) await openSettings('readOnly', 'readOnlyContexts');
  return chosen === resume;
}
