import * as vscode from 'vscode';
import type { LogHostMessage } from '../../shared/messages.ts';
import { pickFrom } from '../pick-from.ts';

/** More than a log area can hold: what goes on beyond it is no log. */
const mostBytes = 512 * 1024 * 1024;

/** Saves a log area's lines where the person says, and opens the file. One at a time. */
export class LogSaving {
  readonly #send: (message: LogHostMessage) => void;
  readonly #name: string;
  #file: vscode.Uri | undefined;
  #asking = false;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  /** `name` is what the file is called at first. */
  constructor(send: (message: LogHostMessage) => void, name: string) {
    this.#send = send;
    this.#name = name;
  }

  /** Asks which lines where a filter leaves some out, then where to; nothing is saved where the person dismisses either. */
  async begin(shown: number, all: number): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const what = shown === all ? 'all' : await pickWhat(shown, all);
      if (what === undefined) return;
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const file = await vscode.window.showSaveDialog({
        title: 'Save Log Lines',
        saveLabel: 'Save',
        filters: { Log: ['log', 'txt'] },
        ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `${this.#name}.log`) }),
      });
      if (file === undefined) return;
      this.#file = file;
      this.#pieces = [];
      this.#bytes = 0;
      this.#send({ type: 'logs.gather', what });
    } finally {
      this.#asking = false;
    }
  }

  /** Takes the next piece; writes and opens the file at the last. Rejects where it cannot be written. */
  async take(text: string, last: boolean): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const piece = new TextEncoder().encode(text);
    this.#bytes += piece.length;
    if (this.#bytes > mostBytes) {
      this.#file = undefined;
      throw new Error('The lines are more than 512 MiB. Nothing is saved: filter them first.');
    }
    this.#pieces.push(piece);
    if (!last) return;
    this.#file = undefined;
    const pieces = this.#pieces;
    this.#pieces = [];
    await vscode.workspace.fs.writeFile(file, Buffer.concat(pieces));
    await vscode.commands.executeCommand('vscode.open', file);
  }
}

async function pickWhat(shown: number, all: number): Promise<'shown' | 'all' | undefined> {
  const lines = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'}`;
  const chosen = await pickFrom(
    [
      { label: 'The lines that pass the filter', description: lines(shown), what: 'shown' as const },
      { label: 'All lines', description: lines(all), what: 'all' as const },
    ],
    { title: 'Save which lines?' },
  );
  return chosen?.what;
}
