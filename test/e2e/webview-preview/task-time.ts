import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the event's thread, microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of the page's main thread (script, layout, paint, collection), and how many there were. */
export interface TaskTime {
  readonly longestCpuMs: number;
  readonly tasks: number;
}

/**
 * Traces `work` and gives the processor time of the page's longest task, milliseconds. Not the time on the wall: that tells
 * as much of what else the machine does. Throws where the trace holds no task, which would be no measurement.
 */
export async function taskTime(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<TaskTime> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel', '__metadata'] });
  await work();
  const trace: { traceEvents: readonly TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const key = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const isMainThread = (event: TraceEvent): boolean =>
    event.name === 'thread_name' && event.args?.name === 'CrRendererMain';
  const mainThreads = new Set(trace.traceEvents.filter(isMainThread).map(key));
  const times = trace.traceEvents
    .filter((event) => event.name.endsWith('RunTask') && mainThreads.has(key(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
  if (times.length === 0) throw new Error('The trace holds no task of the page');
  return { longestCpuMs: Math.max(...times), tasks: times.length };
}
