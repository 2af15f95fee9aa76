type Tick = (nowMs: number) => void;

const listeners = new Set<Tick>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Ticks at the turn of each second, so that all clocks of the panel change together, and only while they can be seen. */
function schedule(): void {
  if (timer !== undefined || listeners.size === 0 || document.hidden) return;
  timer = setTimeout(tick, 1000 - (Date.now() % 1000));
}

function tick(): void {
  timer = undefined;
  if (document.hidden) return;
  const now = Date.now();
  for (const listener of listeners) listener(now);
  schedule();
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) tick();
});

/** Calls `listener` once a second until the returned function is called. A panel without listeners has no timer. */
export function onEachSecond(listener: Tick): () => void {
  listeners.add(listener);
  schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
  };
}
