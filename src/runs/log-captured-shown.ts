import type { LogScope, LogSource } from '../domain/logs/line.ts';
import type { CaptureSummary } from './log-capture-index.ts';
import { CapturedLogs } from './log-captured.ts';
import { capturedInScope } from './log-captured-scope.ts';
import type { CapturedLines } from './log-session.ts';

/** What of a capture is shown in a log: its `sources` and `lines` are those that were not shown before. */
export interface ShownCapture extends CapturedLines {
  /** Lines of all sources that are shown. */
  readonly count: number;
  /** Of them, those that the limit took away. */
  readonly cutLines: number;
  /** To be shown beside the lines: they are kept as printed. */
  readonly notice: string;
  /** The whole capture. */
  readonly summary: CaptureSummary;
}

export interface CaptureView {
  readonly scope: LogScope;
  /** True for the runs before alone. */
  readonly previous: boolean;
  /** The uids of the pods that are there, asked as late as possible: of them the live log tells. */
  present(): ReadonlySet<string>;
}

/**
 * What was captured into the folder for this view of the log, with the lines of those sources alone that are not in `shown`;
 * undefined where there is nothing. Throws where it cannot be read.
 */
export async function openShownCapture(
  folder: string,
  { scope, previous, present }: CaptureView,
  shown: ReadonlySet<string> = new Set(),
): Promise<ShownCapture | undefined> {
  const captured = await CapturedLogs.open(folder);
  if (captured === undefined) return undefined;
  const { summary, notice } = captured;
  const sources = capturedInScope(summary.sources, scope, present(), previous);
  if (sources.length === 0) return undefined;
  const more = sources.filter((source) => !shown.has(captureKey(source)));
  return {
    sources: more,
    lines: await captured.told(more),
    count: sources.reduce((sum, { lines }) => sum + lines, 0),
    cutLines: sources.reduce((sum, { cutLines }) => sum + cutLines, 0),
    notice,
    summary,
  };
}

/** The same for the same container's run, whatever is captured anew. */
export function captureKey({ podUid, container, previous }: LogSource): string {
  return JSON.stringify([podUid, container, previous]);
}
