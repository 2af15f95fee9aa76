import * as vscode from 'vscode';
import { plainInStatusBar } from '../views/status-text.ts';

const saidForMs = 5000;

/** Puts a text into the clipboard and says so in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const [first = '', ...more] = text.split('\n');
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  vscode.window.setStatusBarMessage(`Copied: ${plainInStatusBar(first)}${rest}`, saidForMs);
}
