import type { HostMessage } from '../../shared/messages.ts';

/** The part of the host's messages that concerns the log. */
export type LogMessage = Extract<HostMessage, { readonly type: `logs.${string}` }>;

/** True for the messages that the log area takes. */
export function isLogMessage(message: HostMessage): message is LogMessage {
  return message.type.startsWith('logs.');
}

/** Work per frame, milliseconds: leaves the rest of a 16 ms frame to layout and paint. */
const FRAME_BUDGET_MS = 8;

/**
 * Takes messages in order, a frame's worth at a time. Frames do not come while the panel is hidden, so that then nothing is
 * done and, since no credit goes back, nothing more is sent.
 */
export class LogQueue {
  readonly #waiting: LogMessage[] = [];
  readonly #handle: (message: LogMessage) => void;
  readonly #frameDone: (deadlineMs: number) => boolean;
  #asked = false;

  /** @param frameDone called at the end of each frame with its deadline; answers whether it wants another one. */
  constructor(handle: (message: LogMessage) => void, frameDone: (deadlineMs: number) => boolean) {
    this.#handle = handle;
    this.#frameDone = frameDone;
  }

  push(message: LogMessage): void {
    this.#waiting.push(message);
    this.wake();
  }

  /** Asks for a frame, once. */
  wake(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    this.#asked = false;
    const deadline = performance.now() + FRAME_BUDGET_MS;
    let taken = 0;
    while (taken < this.#waiting.length && (taken === 0 || performance.now() < deadline)) {
      const message = this.#waiting[taken++];
      if (message !== undefined) this.#handle(message);
    }
    this.#waiting.splice(0, taken);
    if (this.#frameDone(deadline) || this.#waiting.length > 0) this.wake();
  }
}
