import * as vscode from 'vscode';
import { ApiError } from '../cluster/errors/api-error.ts';
import { errorParts } from './error-parts.ts';

/** What happened and what to do next, in words. */
export function errorWords(error: unknown): string {
  const { message, hint } = errorParts(error);
  return hint === '' ? message : `${message} ${hint}`;
}

/** Tells a failed command in a notification. A cancelled one needs no words. */
export function showError(doing: string, error: unknown): void {
  if (error instanceof ApiError && error.reason === 'aborted') return;
  void vscode.window.showErrorMessage(`${doing}: ${errorWords(error)}`);
}

/** Sentences one after the other: some messages come with their full stop, kubectl's do not. */
export function sentences(...parts: readonly string[]): string {
  return parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ');
}

/** A VS Code token as the signal that our ports take. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
