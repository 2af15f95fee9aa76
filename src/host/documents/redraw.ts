import type { Clock, Ending } from '../../ports/clock.ts';

/** Gives a function that asks for a drawing: many asked for within `ms` are one. Nothing is drawn after `signal` aborts. */
export function drawSeldom(clock: Clock, ms: number, draw: () => void, signal: AbortSignal): () => void {
  let waiting: Ending | undefined;
  signal.addEventListener('abort', () => waiting?.dispose());
  return () => {
    if (signal.aborted) return;
    waiting ??= clock.after(ms, () => {
      waiting = undefined;
      draw();
    });
  };
}

/** Runs something every `ms` until `signal` aborts. */
export function every(clock: Clock, ms: number, run: () => void, signal: AbortSignal): void {
  const again = (): Ending =>
    clock.after(ms, () => {
      waiting = again();
      run();
    });
  let waiting = again();
  signal.addEventListener('abort', () => waiting.dispose());
}
