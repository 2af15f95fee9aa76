import * as vscode from 'vscode';
import { type Consent, isTypedName } from '../../domain/runbook/consent.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { WritePreview } from '../../runs/write-preview.ts';
import type { PreviewWords } from '../../views/write-preview.ts';
import { isProtectedSetting } from '../settings.ts';

/** A button beside the confirmation; `press` gives false where the person wants no more. */
export interface FurtherChoice {
  readonly label: string;
  press(): Promise<boolean>;
}

/**
 * Shows what would be written and asks once; in a protected context the deployment's name is typed after that. Undefined
 * where the person does not want it. `insisted`: the person was told who will undo this, a moment ago.
 */
export async function confirmWrite(
  target: RunTarget,
  { blocker, command }: WritePreview,
  { question, detail, confirm }: PreviewWords,
  further: readonly FurtherChoice[],
  insisted = false,
): Promise<Consent | undefined> {
  if (blocker !== undefined && !insisted && !(await insists(target, blocker, confirm))) return undefined;
  const isProtected = isProtectedSetting(target.context);
  const button = isProtected ? `${confirm}…` : confirm;
  const copy: FurtherChoice = {
    label: 'Copy kubectl Command',
    press: async () => {
      await vscode.env.clipboard.writeText(command);
      return true;
    },
  };
  const choices = [...further, copy];
  for (;;) {
    const chosen = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail },
      button,
      ...choices.map(({ label }) => label),
    );
    if (chosen === undefined) return undefined;
    if (chosen === button) break;
    const choice = choices.find(({ label }) => label === chosen);
    if (choice === undefined || !(await choice.press())) return undefined;
  }
  const anyway = blocker !== undefined;
  if (!isProtected) return { anyway };
  const typedName = await typeName(target, confirm);
  return typedName === undefined ? undefined : { anyway, typedName };
}

/**
 * Who owns the deployment and will undo this. Enter leaves it: VS Code's default is the first button that is not the one for
 * closing, which it puts last.
 */
async function insists(target: RunTarget, blocker: string, confirm: string): Promise<boolean> {
  const leave = { title: 'Leave It' };
  const anyway = { title: `${confirm} Anyway…` };
  const chosen = await vscode.window.showWarningMessage(
    `${target.name} is managed by something that will undo this.`,
    { modal: true, detail: blocker },
    leave,
    anyway,
  );
  return chosen === anyway;
}

async function typeName({ name, context }: RunTarget, confirm: string): Promise<string | undefined> {
  const prompt = `${context} is protected: type ${name} to go on.`;
  return vscode.window.showInputBox({
    title: confirm,
    prompt,
    placeHolder: name,
    ignoreFocusOut: true,
    // A text is an error: Enter does nothing while it stands.
    validateInput: (typed) => (isTypedName(name, typed) ? undefined : prompt),
  });
}
