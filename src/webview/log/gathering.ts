import type { LogWebviewMessage } from '../../shared/messages.ts';
import type { TextForm } from './copy-text.ts';
import { textPieces } from './copy-text.ts';
import type { LogEntry } from './entry.ts';

/** Hands lines to the host as text, a piece in each frame, as they were when it began. */
export class Gathering {
  #pieces: Generator<string> | undefined;
  readonly #tell: (message: LogWebviewMessage) => void;

  constructor(tell: (message: LogWebviewMessage) => void) {
    this.#tell = tell;
  }

  begin(entries: readonly LogEntry[], form: TextForm): void {
    this.#pieces = textPieces(entries, form);
  }

  /** Sends the next piece; false when there is nothing (more) to send. */
  sendPiece(): boolean {
    const piece = this.#pieces?.next();
    if (piece === undefined) return false;
    const last = piece.done === true;
    if (last) this.#pieces = undefined;
    this.#tell({ type: 'logs.text', text: last ? '' : piece.value, last });
    return !last;
  }
}
