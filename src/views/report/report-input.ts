import type { FigureSample } from '../../domain/figures/sample.ts';
import type { LogLine } from '../../domain/logs/line.ts';
import type { Incident } from '../../domain/report/incident.ts';
import type { ReportClock } from './times.ts';

/** What was captured of the failing pods' logs before they went. */
export interface CapturedExcerpt {
  /** The newest lines whose level is error or fatal, in time order. */
  readonly errors: readonly LogLine[];
  /** Of all that was captured. */
  readonly lines: number;
  readonly containers: number;
  /** RFC 3339. */
  readonly capturedAt: string;
}

/** All that a report is made from. */
export interface ReportInput {
  readonly incident: Incident;
  readonly clock: ReportClock;
  /** Oldest first; empty where nothing was recorded. */
  readonly samples: readonly FigureSample[];
  readonly captured: CapturedExcerpt | undefined;
  /** The first record of the journal that is not as it was written; what came from there on is not in the report. */
  readonly damagedFrom: number | undefined;
}
