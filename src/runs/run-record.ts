import type { FigureSample } from '../domain/figures/sample.ts';
import type { LogLine } from '../domain/logs/line.ts';
import type { RunEvent } from '../domain/runbook/events.ts';
import { keptFigures } from './figures/run-figures.ts';
import { CapturedLogs } from './log-captured.ts';
import type { RunFolder } from './run-folder.ts';

/** All that a run has on the disk, as a report needs it. */
export interface RunRecord {
  readonly events: readonly RunEvent[];
  /** The first record that is not as it was written. */
  readonly damagedFrom: number | undefined;
  readonly samples: readonly FigureSample[];
  /** Undefined where nothing was captured. */
  readonly captured: RecordedExcerpt | undefined;
}

/** See `CapturedExcerpt` of the views. */
export interface RecordedExcerpt {
  readonly errors: readonly LogLine[];
  readonly lines: number;
  readonly containers: number;
  readonly capturedAt: string;
}

const mostErrors = 40;

/** Reads a run and what is kept beside it; changes nothing. Throws where it cannot be read. */
export async function readRunRecord(folder: RunFolder, id: string): Promise<RunRecord> {
  const { events, damagedFrom } = await folder.journal(id).read();
  if (events.length === 0)
    throw new Error('Nothing of this run can be read: its journal is damaged from its first record on.');
  const attachments = folder.attachments(id);
  const [samples, captured] = await Promise.all([keptFigures(attachments), excerpt(attachments)]);
  return { events, damagedFrom, samples, captured };
}

async function excerpt(attachments: string): Promise<RecordedExcerpt | undefined> {
  const logs = await CapturedLogs.open(attachments);
  if (logs === undefined) return undefined;
  const { capturedAt, sources } = logs.summary;
  return {
    errors: await logs.newestErrors(mostErrors),
    lines: sources.reduce((sum, { lines }) => sum + lines, 0),
    containers: sources.length,
    capturedAt,
  };
}
