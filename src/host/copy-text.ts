import * as vscode from 'vscode';
import { plainInStatusBar } from '../views/status-text.ts';

const saidForMs = 5000;

/** Puts a text into the clipboard and says so in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Copied: ${plainInStatusBar(text)}`, saidForMs);
}
